using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Web;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>What another system calls a ticket: one ticket per source and reference, which the database holds.</summary>
internal static class ExternalNames
{
    public static bool IsTaken(PostgresException error) =>
        error is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "tickets_external_ref" };

    /// <summary>Names the ticket that has it, where the caller sees that. What failed must have been undone: its transaction can answer nothing more.</summary>
    public static async Task<Refusal> Refuse(NpgsqlDataSource database, string? source, string? reference, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand(
            "select id from tickets where coalesce(external_source, '') = $1 and external_ref = $2 and ($3 is null or queue = any ($3))");
        new Values(command.Parameters).Text(source ?? "").Text(reference ?? "").Texts(Caller.QueuesInSight);
        return await command.ExecuteScalarAsync(cancel) is long holder
            ? Refusal.Conflict("external-ref-taken", $"Ticket {holder} has this externalRef of this externalSource already.").With("ticketId", holder)
            : Refusal.Conflict("external-ref-taken", "Another ticket has this externalRef of this externalSource already.");
    }
}
