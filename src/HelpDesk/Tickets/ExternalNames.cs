using HelpDesk.Database;
using HelpDesk.Web;
using Npgsql;

namespace HelpDesk.Tickets;

/// <summary>What another system calls a ticket: one ticket per source and reference, which the database holds.</summary>
internal static class ExternalNames
{
    public static bool IsTaken(PostgresException error) =>
        error is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "tickets_external_ref" };

    /// <summary>Names the ticket that has it. What failed must have been undone: its transaction can answer nothing more.</summary>
    public static async Task<Refusal> Refuse(NpgsqlDataSource database, string? source, string? reference, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand("select id from tickets where coalesce(external_source, '') = $1 and external_ref = $2");
        command.Parameters.AddWithValue(source ?? "");
        command.Parameters.AddWithValue(reference ?? "");
        var holder = await command.ExecuteScalarAsync(cancel) as long?;
        return Refusal.Conflict("external-ref-taken", $"Ticket {holder} has this externalRef of this externalSource already.").With("ticketId", holder);
    }
}
