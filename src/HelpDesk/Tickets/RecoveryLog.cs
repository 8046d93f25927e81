using HelpDesk.Database;
using HelpDesk.Deadlines;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>A recovery about to be recorded. The broken promise is its key: a second one for the same lapse fails the transaction.</summary>
internal sealed record NewRecovery(
    Guid PromiseId, Guid CommitmentId, long TicketId, Instant At, string? Reason, string? Remedy, Guid? DeliveryId, Guid? NewPromiseId, string? WithoutPromise)
{
    /// <param name="change">The start of the recovery.</param>
    /// <param name="why">What the customer is told of the reason.</param>
    public static NewRecovery Of(Ticket ticket, ClockChange change, Instant now, Guid? delivery, string? why)
    {
        var ledger = ticket.Ledger;
        Guid? renewed = change.Before is null ? null : ledger.IdOf(change.Kind, change.Cycle, ticket.Commitment(change).OpenPromise!.Number);
        return new NewRecovery(
            ledger.IdOf(change.Kind, change.Cycle, change.Promise!.Value), ledger.IdOf(change.Kind, change.Cycle), ticket.Id, now,
            why, ticket.Policy?.Definition.Remedy, delivery, renewed, renewed is null ? change.Reason : null);
    }
}

internal static class RecoveryLog
{
    public static void Append(NpgsqlBatch batch, IReadOnlyList<NewRecovery> recoveries)
    {
        if (recoveries.Count == 0) return;
        var command = new NpgsqlBatchCommand(
            """
            insert into recoveries (promise_id, commitment_id, ticket_id, at, reason, remedy, delivery_id, new_promise_id, without_promise)
            select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """);
        new Columns<NewRecovery>(command.Parameters, recoveries)
            .Uuid(row => row.PromiseId)
            .Uuid(row => row.CommitmentId)
            .Bigint(row => row.TicketId)
            .Instant(row => row.At)
            .Text(row => row.Reason)
            .Text(row => row.Remedy)
            .Uuid(row => row.DeliveryId)
            .Uuid(row => row.NewPromiseId)
            .Text(row => row.WithoutPromise);
        batch.BatchCommands.Add(command);
    }
}
