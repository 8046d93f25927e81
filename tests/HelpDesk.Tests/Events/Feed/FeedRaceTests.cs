using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Npgsql;

namespace HelpDesk.Tests.Events.Feed;

/// <summary>Many write at once, quick and slow ones, and some take back what they wrote: every reader has every event once, and those of a ticket in order.</summary>
internal sealed class FeedRaceTests : FeedFixture
{
    private const int Tickets = 20;
    private const int Writers = 50;
    private const int Readers = 5;

    [Test]
    public async Task No_event_is_skipped_or_told_twice_while_fifty_write()
    {
        var start = await FromNowOn();
        var (written, counters) = (new ConcurrentBag<(long Ticket, long Number)>(), new long[Tickets]);
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAlong(writer, counters, written))));
        var readers = await Task.WhenAll(Enumerable.Range(0, Readers).Select(reader => Task.Run(() => ReadAlong(reader, start, writing))));
        await writing;
        var expected = written.Order().ToList();
        Assert.That(expected, Has.Count.GreaterThan(1_000));
        foreach (var read in readers)
        {
            Assert.That(read.Order(), Is.EqualTo(expected));
            foreach (var ticket in read.GroupBy(item => item.Ticket)) Assert.That(ticket.Select(item => item.Number), Is.Ordered.Ascending, $"ticket {ticket.Key}");
        }
    }

    /// <summary>As the desk writes: who writes of a ticket holds it until the transaction ends; of several, in their order.</summary>
    private async Task WriteAlong(int writer, long[] counters, ConcurrentBag<(long, long)> written)
    {
        var random = new Random(writer);
        for (var times = 0; times < 20; times++)
        {
            await using var connection = await Database.DataSource.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            // Some have a transaction's number long before they write.
            if (random.Next(3) == 0) await Do(connection, "select pg_current_xact_id()");
            var mine = new List<(long, long)>();
            foreach (var ticket in Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(Tickets)).Distinct().Order())
            {
                await Do(connection, $"select pg_advisory_xact_lock(4711, {ticket})");
                for (var count = random.Next(1, 3); count > 0; count--)
                {
                    var number = Interlocked.Increment(ref counters[ticket]);
                    await Write(connection, ticket + 1, number);
                    mine.Add((ticket + 1, number));
                }
            }

            for (var waits = random.Next(8) == 0 ? 20 : 0; waits > 0; waits--) await Do(connection, "select 1");
            if (random.Next(6) == 0) continue;
            await transaction.CommitAsync();
            foreach (var item in mine) written.Add(item);
        }
    }

    private async Task<List<(long Ticket, long Number)>> ReadAlong(int reader, string start, Task writing)
    {
        var random = new Random(100 + reader);
        var read = new List<(long, long)>();
        var (cursor, isLast) = (start, false);
        while (true)
        {
            var page = await Page(cursor, $"&types=ticket.updated&limit={random.Next(1, 60)}");
            read.AddRange(page["items"]!.AsArray().OfType<JsonNode>().Select(item => ((long)item["ticketId"]!, (long)item["data"]!["n"]!)));
            cursor = (string)page["next"]!;
            if ((bool)page["hasMore"]!) continue;
            if (isLast) return read;
            isLast = writing.IsCompleted;
        }
    }

    private static async Task Do(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
