using HelpDesk.Database;
using HelpDesk.Web.Telemetry;
using Npgsql;
using NpgsqlTypes;

namespace HelpDesk.Events;

/// <summary>An event about to be written. <paramref name="Data"/> is JSON.</summary>
internal sealed record NewEvent(string Type, Instant At, string Actor, string? RequestId, string Data, long? TicketId = null, Guid? CommitmentId = null, Guid? PromiseId = null);

internal static class EventLog
{
    /// <summary>Appends one command that writes all of them, in their order, in the transaction of their cause.</summary>
    public static void Append(NpgsqlBatch batch, IReadOnlyList<NewEvent> events)
    {
        if (events.Count == 0) return;
        var command = new NpgsqlBatchCommand(
            """
            insert into events (at, type, ticket_id, commitment_id, promise_id, actor, request_id, data, traceparent)
            select new.*, $9 from unnest($1, $2, $3, $4, $5, $6, $7, $8) as new
            """);
        new Columns<NewEvent>(command.Parameters, events)
            .Instant(row => row.At)
            .Text(row => row.Type)
            .Bigint(row => row.TicketId)
            .Uuid(row => row.CommitmentId)
            .Uuid(row => row.PromiseId)
            .Text(row => row.Actor)
            .Text(row => row.RequestId)
            .Json(row => row.Data);
        command.Parameters.Add(new() { Value = (object?)Cause.Current ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        batch.BatchCommands.Add(command);
    }
}
