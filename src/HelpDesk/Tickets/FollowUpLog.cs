using HelpDesk.Database;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>A follow-up about to be recorded. The promise is its key: a second one for the same promise fails the transaction.</summary>
internal sealed record NewFollowUp(Guid PromiseId, Guid CommitmentId, long TicketId, Instant At, Guid? DeliveryId, Guid? NewPromiseId);

internal static class FollowUpLog
{
    public static void Append(NpgsqlBatch batch, IReadOnlyList<NewFollowUp> followUps)
    {
        if (followUps.Count == 0) return;
        var command = new NpgsqlBatchCommand(
            """
            insert into follow_ups (promise_id, commitment_id, ticket_id, at, delivery_id, new_promise_id)
            select * from unnest($1, $2, $3, $4, $5, $6)
            """);
        new Columns<NewFollowUp>(command.Parameters, followUps)
            .Uuid(row => row.PromiseId)
            .Uuid(row => row.CommitmentId)
            .Bigint(row => row.TicketId)
            .Instant(row => row.At)
            .Uuid(row => row.DeliveryId)
            .Uuid(row => row.NewPromiseId);
        batch.BatchCommands.Add(command);
    }
}
