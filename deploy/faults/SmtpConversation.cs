using System.Net.Sockets;
using System.Text;

namespace HelpDesk.Faults;

/// <summary>
/// One client of the mail sink. A mail counts as taken at the instant of the 250 to its end, and only if the client is still there then: a desk that was
/// killed or has given up in the meantime has handed nothing over.
/// </summary>
internal sealed class SmtpConversation(Socket client, string desk, FaultPlan faults, IReadOnlySet<string> nobody, SmtpConversation.Taking take) : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    private readonly NetworkStream stream = new(client);
    private readonly StreamReader lines = new(new NetworkStream(client), Encoding.Latin1);
    private Instant begun;
    private string recipient = "";

    public delegate void Taking(string id, string recipient, string desk, Instant begun, Instant at);

    public async Task Run(CancellationToken cancel)
    {
        await HangIfStruck(0.3, cancel);
        await Say("220 sink ready", cancel);
        while (await lines.ReadLineAsync(cancel) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO": await Say("250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8", cancel); break;
                case "MAIL": await Mail(cancel); break;
                case "RCPT": await Recipient(line, cancel); break;
                case "DATA": await Data(cancel); break;
                case "RSET" or "NOOP": await Say("250 ok", cancel); break;
                case "QUIT": await Say("221 bye", cancel); return;
                default: await Say("500 what?", cancel); break;
            }
        }
    }

    private async Task Mail(CancellationToken cancel)
    {
        begun = Timeline.Now;
        await Say("250 ok", cancel);
    }

    private async Task Recipient(string line, CancellationToken cancel)
    {
        recipient = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
        await HangIfStruck(0.15, cancel);
        if (nobody.Contains(recipient)) await Say("550 5.1.1 there is nobody of that name", cancel);
        else if (faults.Now == SinkFault.Defer && faults.Strikes(0.4)) await Say("451 4.3.0 come again later", cancel);
        else await Say("250 ok", cancel);
    }

    private async Task Data(CancellationToken cancel)
    {
        await Say("354 go ahead", cancel);
        var id = "";
        var closes = faults.Now == SinkFault.Close && faults.Strikes(0.5);
        while (await lines.ReadLineAsync(cancel) is { } line)
        {
            if (closes) throw new IOException("Hung up, as planned.");
            if (line == ".")
            {
                await Answer(id, cancel);
                return;
            }

            if (id.Length == 0 && line.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase)) id = line["Message-ID:".Length..].Trim();
        }
    }

    private async Task Answer(string id, CancellationToken cancel)
    {
        await HangIfStruck(0.15, cancel);
        if (faults.Now == SinkFault.Defer && faults.Strikes(0.4))
        {
            await Say("452 4.2.2 no room just now", cancel);
            return;
        }

        if (faults.Now == SinkFault.Slow) await Task.Delay(faults.Slowness(), TimeProvider.System, cancel);
        if (HasGone()) return;
        var at = Timeline.Now;
        await Say("250 taken", cancel);
        take(id, recipient, desk, begun, at);
    }

    private async Task HangIfStruck(double share, CancellationToken cancel)
    {
        if (faults.Now != SinkFault.Hang || !faults.Strikes(share)) return;
        // It never says a word again, however long the client waits.
        while (!HasGone()) await Task.Delay(Look, TimeProvider.System, cancel);
        throw new IOException("The client has given up.");
    }

    private bool HasGone() => client.Poll(0, SelectMode.SelectRead) && client.Available == 0;

    public void Dispose()
    {
        lines.Dispose();
        stream.Dispose();
    }

    private ValueTask Say(string reply, CancellationToken cancel) => stream.WriteAsync(Encoding.Latin1.GetBytes(reply + "\r\n"), cancel);
}
