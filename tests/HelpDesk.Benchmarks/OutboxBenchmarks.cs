using BenchmarkDotNet.Attributes;
using HelpDesk.Delivery;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Benchmarks;

/// <summary>
/// Ten thousand rendered follow-ups into the outbox, in commands of 500. Wants a migrated database that it may fill, named by
/// HELPDESK_BENCHMARK_DATABASE.
/// </summary>
public class OutboxBenchmarks
{
    private const int Messages = 10_000;
    private const int PerCommand = 500;

    private readonly Instant now = Instant.FromUtc(2026, 3, 2, 8, 0);
    private readonly MailIds ids = new("example.com");
    private NpgsqlDataSource database = null!;
    private RenderedMessage words = null!;

    [GlobalSetup]
    public void Connect()
    {
        var connection = Environment.GetEnvironmentVariable("HELPDESK_BENCHMARK_DATABASE")
            ?? throw new InvalidOperationException("HELPDESK_BENCHMARK_DATABASE is not set: name a migrated database that may be filled.");
        database = NpgsqlDataSource.Create(connection);
        words = new Rendering(new("en")).Render(MessageKind.FollowUp, "en", new MessageModel { TicketNumber = 42, Subject = "Printer on fire", DeskName = "The Desk" });
    }

    [IterationSetup]
    public void Empty()
    {
        using var command = database.CreateCommand("truncate deliveries cascade");
        command.ExecuteNonQuery();
    }

    [GlobalCleanup]
    public void Disconnect() => database.Dispose();

    [Benchmark(OperationsPerInvoke = Messages)]
    public async Task Queue()
    {
        await using var connection = await database.OpenConnectionAsync();
        for (var queued = 0; queued < Messages; queued += PerCommand)
        {
            await using var batch = connection.CreateBatch();
            Outbox.InsertMany(batch, [.. Enumerable.Range(0, PerCommand).Select(_ => Message())], now);
            await batch.ExecuteNonQueryAsync();
        }
    }

    private OutgoingMessage Message()
    {
        var id = Ids.New(now);
        return new()
        {
            Id = id,
            Effect = $"follow_up:{id}",
            Kind = MessageKind.FollowUp,
            Recipient = "aino@example.org",
            Locale = "en",
            Subject = words.Subject,
            Text = words.Text,
            Html = words.Html,
            MessageId = ids.Of(id),
        };
    }
}
