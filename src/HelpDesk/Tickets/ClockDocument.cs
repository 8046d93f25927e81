using HelpDesk.Deadlines;
using HelpDesk.Web.Json;
using System.Text.Json;

namespace HelpDesk.Tickets;

/// <summary>What the clock must remember of the ticket besides its commitments, as the ticket's row keeps it.</summary>
internal sealed record ClockDocument(
    IReadOnlyList<ClockDocument.Since> Statuses, bool AwaitsFirstResponse, Instant? OldestUnanswered, Instant? LastAgentMessage, Instant? ReopenedAt)
{
    public sealed record Since(Instant At, TicketStatus Status);

    public static string Write(TicketClock clock) => JsonSerializer.Serialize(
        new ClockDocument(
            [.. clock.Statuses.Select(since => new Since(since.At, since.Status))], clock.AwaitsFirstResponse, clock.OldestUnanswered,
            clock.LastAgentMessage, clock.ReopenedAt),
        JsonConventions.Options);

    public static TicketClock Read(
        string json, Priority priority, Instant createdAt, Instant? resolvedAt, Rules? rules, QuietHours? quiet, IEnumerable<Commitment> commitments)
    {
        var document = JsonSerializer.Deserialize<ClockDocument>(json, JsonConventions.Options)!;
        return new TicketClock
        {
            Rules = rules,
            Priority = priority,
            Quiet = quiet,
            CreatedAt = createdAt,
            Statuses = [.. document.Statuses.Select(since => new StatusSince(since.At, since.Status))],
            AwaitsFirstResponse = document.AwaitsFirstResponse,
            OldestUnanswered = document.OldestUnanswered,
            LastAgentMessage = document.LastAgentMessage,
            ResolvedAt = resolvedAt,
            ReopenedAt = document.ReopenedAt,
            Commitments = [.. commitments],
        };
    }
}
