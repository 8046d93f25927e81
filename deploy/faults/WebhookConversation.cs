using System.Net.Sockets;

namespace HelpDesk.Faults;

/// <summary>One client of the webhook sink: a desk that posts a customer's messages, one after the other. Both come by the same door: which of them it is, is not known.</summary>
/// <param name="gone">The path that answers 410, always.</param>
internal sealed class WebhookConversation(Socket client, FaultPlan faults, Timeline timeline, string gone) : Conversation(client, faults)
{
    private const string Ok = "HTTP/1.1 204 No Content\r\n";
    private const string Later = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n";
    private const string Gone = "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n";

    public override async Task Run(CancellationToken cancel)
    {
        while (await Lines.ReadLineAsync(cancel) is { } request)
        {
            var begun = Timeline.Now;
            await HangIfStruck(0.3, cancel);
            var (id, length) = await Head(cancel);
            if (Closes()) throw new IOException("Hung up, as planned.");
            await Lines.ReadBlockAsync(new char[length], cancel);
            await HangIfStruck(0.2, cancel);
            var path = request.Split(' ')[1];
            if (path == gone) await Say(Gone, cancel);
            else if (Defers()) await Say(Later, cancel);
            else await Take(Ok, at => new Handover(id, $"http://{Here}{path}", Handover.SomeDesk, begun, at, timeline.DeskTime(at)), cancel);
        }
    }

    private async Task<(string Id, int Length)> Head(CancellationToken cancel)
    {
        var (id, length) = ("", 0);
        while (await Lines.ReadLineAsync(cancel) is { Length: > 0 } line)
        {
            var (name, value) = (line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            if (name.Equals("webhook-id", StringComparison.OrdinalIgnoreCase)) id = value;
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)) length = int.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
        }

        return (id, length);
    }
}
