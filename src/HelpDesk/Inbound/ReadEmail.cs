using HelpDesk.Access;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace HelpDesk.Inbound;

/// <summary>A mail that the desk was posted.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Outcome">What it became.</param>
/// <param name="TicketId">The ticket that it is on now; null for one that came back.</param>
/// <param name="MessageId">The message that it became.</param>
/// <param name="Automated">Whether a machine sent it.</param>
/// <param name="Quoted">What it quoted of the mail before it, which is not in the message; null where it quoted nothing that could be told from the rest.</param>
/// <param name="ReceivedAt">When it was filed.</param>
public sealed record InboundMailResponse(Guid Id, InboundOutcome Outcome, long? TicketId, Guid? MessageId, bool Automated, string? Quoted, Instant ReceivedAt);

/// <summary>What a mail became.</summary>
public enum InboundOutcome
{
    /// <summary>The opening message of a new ticket.</summary>
    Ticket,

    /// <summary>A message on a ticket.</summary>
    Message,

    /// <summary>An internal note on a ticket that its sender does not belong to.</summary>
    Note,

    /// <summary>No message: it says that mail of the desk came back, or was unwanted, and that was recorded.</summary>
    Returned,

    /// <summary>Nothing: it is the desk's own mail.</summary>
    Own,
}

internal static class ReadEmail
{
    /// <summary>Read what became of a mail</summary>
    public static async Task<Ok<InboundMailResponse>> Handle(Guid id, NpgsqlDataSource database, Caller caller, CancellationToken cancel)
    {
        await using var command = InboundLog.ById(database, id);
        return TypedResults.Ok(await InboundLog.Read(command, caller, cancel) ?? throw Refusal.NotFound("mail"));
    }
}
