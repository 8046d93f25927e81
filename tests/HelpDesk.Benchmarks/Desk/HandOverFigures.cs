using System.Diagnostics;
using System.Globalization;
using HelpDesk.Delivery;
using HelpDesk.Tests.Support;
using HelpDesk.Time;

namespace HelpDesk.Benchmarks.Desk;

/// <summary>From rows that are due to rows that are <c>sent</c>, over real SMTP on loopback.</summary>
internal static class HandOverFigures
{
    private const int Mails = 3_000;

    public static async Task Print(BenchDesk desk, SmtpSink sink)
    {
        var deliver = desk.Get<DeliverDue>();
        for (var round = 1; round <= 3; round++)
        {
            await desk.Run("delete from deliveries where ticket_id is null");
            await Queue(desk);
            var (taken, start) = (sink.Mails.Count, Stopwatch.GetTimestamp());
            while (await desk.Ask<long>("select count(*) from deliveries where ticket_id is null and state <> 'sent'") > 0)
            {
                // As a server's own timer does.
                while (await deliver.Step(TimeProvider.System.GetCurrentInstant(), CancellationToken.None) > 0)
                {
                    // Until there is no room.
                }

                await desk.Get<MailBell>().Wait(Duration.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
            }

            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"handed to an SMTP server on loopback over {desk.Get<IMailDoor>().Connections} connections, round {round}: {sink.Mails.Count - taken} mails from due to recorded as sent in {seconds:0.00} s = {Mails / seconds:0} per second ({sink.Connections} connections opened so far)"));
        }
    }

    private static async Task Queue(BenchDesk desk)
    {
        var now = TimeProvider.System.GetCurrentInstant();
        await using var batch = desk.Database.CreateBatch();
        Outbox.InsertMany(batch, [.. Enumerable.Range(0, Mails).Select(number => Message(number, now))], now);
        await batch.ExecuteNonQueryAsync();
    }

    private static OutgoingMessage Message(int number, Instant now)
    {
        var id = Ids.New(now);
        return new()
        {
            Id = id,
            Effect = $"bench:{id}",
            Kind = MessageKind.FollowUp,
            Recipient = $"customer{number % 1000}@example.org",
            Locale = "en",
            Subject = "We need a little longer: Printer on fire [#42]",
            Text = string.Concat(Enumerable.Repeat("We said that we would answer you by Monday; it will be Tuesday.\n", 10)),
            Html = string.Concat(Enumerable.Repeat("<p>We said that we would answer you by Monday; it will be Tuesday.</p>\n", 20)),
            MessageId = new MailIds("example.com").Of(id),
        };
    }
}
