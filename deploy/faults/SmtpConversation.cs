using System.Net.Sockets;

namespace HelpDesk.Faults;

/// <summary>One client of the mail sink. Each desk is given a port of its own, so that the sink knows who hands over.</summary>
/// <param name="nobody">Recipients that are refused for good, always.</param>
internal sealed class SmtpConversation(Socket client, string desk, FaultPlan faults, Timeline timeline, IReadOnlySet<string> nobody) : Conversation(client, faults)
{
    private Instant begun;
    private string recipient = "";

    public override async Task Run(CancellationToken cancel)
    {
        await HangIfStruck(0.3, cancel);
        await Say("220 sink ready", cancel);
        while (await Lines.ReadLineAsync(cancel) is { } line)
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
        else await Say(Defers() ? "451 4.3.0 come again later" : "250 ok", cancel);
    }

    private async Task Data(CancellationToken cancel)
    {
        await Say("354 go ahead", cancel);
        var id = "";
        var closes = Closes();
        while (await Lines.ReadLineAsync(cancel) is { } line)
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
        if (Defers()) await Say("452 4.2.2 no room just now", cancel);
        else await Take("250 taken", at => new Handover(id, recipient, desk, begun, at, timeline.DeskTime(at)), cancel);
    }
}
