using System.Collections.Concurrent;
using HelpDesk.Delivery;

namespace HelpDesk.Tests.Delivery;

/// <summary>A door that keeps what goes through it, after doing with each mail what the test says.</summary>
internal sealed class ScriptedDoor(Func<OutgoingMail, CancellationToken, Task>? before = null, int connections = 4) : IMailDoor
{
    private readonly ConcurrentQueue<OutgoingMail> sent = new();

    public int Connections => connections;

    public string Server => "door:25";

    public IReadOnlyList<OutgoingMail> Sent => [.. sent];

    public IEnumerable<Guid> Ids => Sent.Select(mail => mail.Id);

    public async Task<string?> Send(OutgoingMail mail, CancellationToken cancel)
    {
        if (before is not null) await before(mail, cancel);
        sent.Enqueue(mail);
        return null;
    }
}
