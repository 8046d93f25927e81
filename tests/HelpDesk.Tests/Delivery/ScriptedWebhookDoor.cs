using System.Collections.Concurrent;
using HelpDesk.Delivery;

namespace HelpDesk.Tests.Delivery;

/// <summary>A door that keeps what goes through it, after doing with each post what the test says.</summary>
internal sealed class ScriptedWebhookDoor(Func<OutgoingWebhook, CancellationToken, Task>? before = null) : IWebhookDoor
{
    private readonly ConcurrentQueue<OutgoingWebhook> posted = new();

    public IReadOnlyList<OutgoingWebhook> Posted => [.. posted];

    public async Task Post(OutgoingWebhook webhook, CancellationToken cancel)
    {
        if (before is not null) await before(webhook, cancel);
        posted.Enqueue(webhook);
    }
}
