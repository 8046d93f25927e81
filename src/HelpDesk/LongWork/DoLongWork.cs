using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Problems;
using Npgsql;

namespace HelpDesk.LongWork;

/// <summary>
/// Does long work a step at a time, what was asked for first first. Safe on any number of servers at once: where one has a step under way another takes up the
/// next work, or waits. A server that dies leaves nothing but what it had committed, and its work is anybody's as soon as the database has seen that it is gone.
/// </summary>
internal sealed partial class DoLongWork(
    NpgsqlDataSource database, IEnumerable<LongWorkKind> kinds, IServiceProvider services, DeskClock clock, ILogger<DoLongWork> log)
{
    /// <summary>So many steps that fail one after the other end the work.</summary>
    private const int MostFailures = 5;

    private readonly Dictionary<string, LongWorkKind> kinds = kinds.ToDictionary(kind => kind.Name);

    /// <returns>1 when a step was done: call again.</returns>
    public async Task<int> RunOnce(CancellationToken cancel)
    {
        foreach (var (id, kind) in await Unfinished(cancel))
        {
            if (await TryStep(id, kind, cancel)) return 1;
        }

        return 0;
    }

    public async Task<bool> IsUnfinished(CancellationToken cancel) => (await Unfinished(cancel)).Count > 0;

    /// <summary>Another version of the desk may know kinds that this one does not.</summary>
    private async Task<IReadOnlyList<(Guid Id, LongWorkKind Kind)>> Unfinished(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select id, kind from long_work where ended_at is null order by id limit 100");
        await using var row = await command.ExecuteReaderAsync(cancel);
        var found = new List<(Guid, LongWorkKind)>();
        while (await row.ReadAsync(cancel))
        {
            if (kinds.TryGetValue(row.GetString(1), out var kind)) found.Add((row.GetGuid(0), kind));
        }

        return found;
    }

    private async Task<bool> TryStep(Guid id, LongWorkKind kind, CancellationToken cancel)
    {
        try
        {
            return await kind.Step(services, id, await clock.Now(cancel), cancel);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested && !DatabaseAway.Caused(error))
        {
            LogFailed(error, kind.Name, id);
            await Failed(id, kind, error is Refusal ? error.Message : $"An error of the desk's own ({error.GetType().Name}): its log has more.", cancel);
            return false;
        }
    }

    private async Task Failed(Guid id, LongWorkKind kind, string error, CancellationToken cancel)
    {
        var now = await clock.Now(cancel);
        await using var transaction = await DeskTransaction.Begin(database, cancel);
        if (await End(transaction.Connection, id, error, now, cancel) is { } asked)
        {
            await using var batch = new NpgsqlBatch(transaction.Connection, transaction.Transaction);
            EventLog.Append(batch, [JobEvents.Ended(id, kind.Name, JobState.Failed, error, now, asked.Actor, asked.RequestId)]);
            if (kind.Forgetting is { } forgetting) batch.BatchCommands.Add(forgetting(asked.Request));
            await batch.ExecuteNonQueryAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    /// <summary>Counts the failure. Answers who asked for the work where that was one too many.</summary>
    private static async Task<(string Actor, string? RequestId, string Request)?> End(NpgsqlConnection connection, Guid id, string error, Instant now, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            update long_work set failures = failures + 1, state = case when failures + 1 >= $2 then 'failed' else state end,
                error = case when failures + 1 >= $2 then $3 end, ended_at = case when failures + 1 >= $2 then $4 end
            where id = $1 and ended_at is null returning state, actor, request_id, request::text
            """, connection);
        command.Parameters.AddWithValue(id);
        command.Parameters.AddWithValue(MostFailures);
        command.Parameters.AddWithValue(error);
        command.Parameters.AddWithValue(now.ToUtc());
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) && row.GetString(0) == "failed" ? (row.GetString(1), row.Text(2), row.GetString(3)) : null;
    }

    [LoggerMessage(1501, LogLevel.Error, "A step of {Kind} {Job} failed")]
    private partial void LogFailed(Exception error, string kind, Guid job);
}
