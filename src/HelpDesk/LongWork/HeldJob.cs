using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Web.Json;
using Npgsql;
using System.Text.Json;

namespace HelpDesk.LongWork;

/// <summary>
/// Long work whose row is held by the transaction of a step. That is all the claim there is: it ends with the transaction, whichever way that ends, and the next
/// step is anybody's.
/// </summary>
internal sealed class HeldJob
{
    private const string Hold =
        """
        select kind, request::text, total, done, last_done, counts::text, result::text, actor, request_id
        from long_work where id = $1 and ended_at is null for update skip locked
        """;

    private readonly string kind;

    private HeldJob(Guid id, NpgsqlDataReader row)
    {
        Id = id;
        kind = row.GetString(0);
        Request = row.GetString(1);
        Total = row.IsDBNull(2) ? null : row.GetInt64(2);
        Done = row.GetInt64(3);
        LastDone = row.IsDBNull(4) ? null : row.GetInt64(4);
        Counts = JsonSerializer.Deserialize<Dictionary<string, long>>(row.GetString(5), JsonConventions.Options)!;
        Result = row.Text(6);
        Actor = row.GetString(7);
        RequestId = row.Text(8);
    }

    public Guid Id { get; }

    /// <summary>JSON.</summary>
    public string Request { get; }

    public long? Total { get; set; }

    public long Done { get; set; }

    public long? LastDone { get; set; }

    public Dictionary<string, long> Counts { get; }

    /// <summary>JSON.</summary>
    public string? Result { get; set; }

    /// <summary>Who asked for it: what is done is theirs.</summary>
    public string Actor { get; }

    public string? RequestId { get; }

    /// <summary>Null where another step is under way, or the work is over.</summary>
    public static async Task<HeldJob?> TryHold(NpgsqlConnection connection, Guid id, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Hold, connection) { Parameters = { new() { Value = id } } };
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? new HeldJob(id, row) : null;
    }

    /// <summary>Writes down how far it has come, in the transaction of the step.</summary>
    public NpgsqlBatchCommand Save(bool isOver, Instant now)
    {
        var command = new NpgsqlBatchCommand(
            """
            update long_work set state = $2, total = $3, done = $4, last_done = $5, counts = $6, result = $7, failures = 0, started_at = coalesce(started_at, $8), ended_at = $9
            where id = $1
            """);
        new Values(command.Parameters)
            .Uuid(Id)
            .Text((isOver ? JobState.Done : JobState.Running).Word())
            .Bigint(Total)
            .Bigint(Done)
            .Bigint(LastDone)
            .Json(JsonSerializer.Serialize(Counts, JsonConventions.Options))
            .Json(Result)
            .Instant(now)
            .Instant(isOver ? now : null);
        return command;
    }

    public NewEvent Ended(Instant now) => JobEvents.Ended(Id, kind, JobState.Done, null, now, Actor, RequestId);
}
