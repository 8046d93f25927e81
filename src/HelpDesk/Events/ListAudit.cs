using System.Text.Json;
using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;
using static HelpDesk.Web.QueryValues;

namespace HelpDesk.Events;

/// <summary>One thing that was done.</summary>
/// <param name="Sequence">Its place in the desk's log.</param>
/// <param name="At">When.</param>
/// <param name="Type">What, such as policy.updated.</param>
/// <param name="Actor">Who did it: admin, key:…, agent:…, jwt:…, or desk, which is the desk itself.</param>
/// <param name="RequestId">The X-Request-Id of the request that it came with; null for what the desk did of itself.</param>
/// <param name="TicketId">The ticket concerned.</param>
/// <param name="CommitmentId">The commitment concerned.</param>
/// <param name="PromiseId">The promise concerned.</param>
/// <param name="Data">The particulars, which depend on the type. What changed stands in changes: by member, from what to what.</param>
public sealed record AuditEntry(
    long Sequence, Instant At, string Type, string Actor, string? RequestId, long? TicketId, Guid? CommitmentId, Guid? PromiseId, JsonElement Data);

internal static class ListAudit
{
    public static IReadOnlyList<QueryFilter> Filters { get; } =
    [
        new("actor", "Only what these did.", Example: "key:3f6b8c1d2e4a5b6c"),
        new("type", "Only events of this type.", EventTypes.All.Keys.ToList()),
        new("ticket", "Only what concerns this ticket.", Format: "int64", Example: "42", IsList: false),
        new("requestId", "Only what came with the request of this X-Request-Id.", Example: "1e59c2804997f66093184bb1d384170b", IsList: false),
        new("from", "Only what happened at this instant or later.", Format: "date-time", Example: "2026-03-02T08:00:00Z", IsList: false),
        new("to", "Only what happened before this instant.", Format: "date-time", Example: "2026-04-01T00:00:00Z", IsList: false),
    ];

    private sealed record Key(Instant At, long Sequence);

    /// <summary>List what was done</summary>
    /// <remarks>
    /// The newest first. Every write of everybody, the desk itself included, with what changed from what to what. Nothing in it is ever changed or taken away, but
    /// for personal data that is erased.
    /// </remarks>
    public static async Task<Paged<AuditEntry>> Handle(Page page, HttpRequest request, HelpDeskDb db, CancellationToken cancel)
    {
        var rows = Filtered(db.Set<Event>().AsNoTracking(), request);
        if (page.After(out Key last)) rows = rows.Where(row => EF.Functions.LessThan(ValueTuple.Create(row.At, row.Sequence), ValueTuple.Create(last.At, last.Sequence)));
        var found = await rows.OrderByDescending(row => row.At).ThenByDescending(row => row.Sequence).Take(page.Take).ToListAsync(cancel);
        return page.Of(
            [.. found.Select(row => new AuditEntry(
                row.Sequence, row.At, row.Type, row.Actor, row.RequestId, row.TicketId, row.CommitmentId, row.PromiseId,
                JsonSerializer.Deserialize<JsonElement>(row.Data)))],
            row => new Key(row.At, row.Sequence));
    }

    private static IQueryable<Event> Filtered(IQueryable<Event> rows, HttpRequest request)
    {
        if (Texts(request, "actor") is { Length: > 0 } actors) rows = rows.Where(row => actors.Contains(row.Actor));
        if (Types(request) is { Length: > 0 } types) rows = rows.Where(row => types.Contains(row.Type));
        if (TicketOf(request) is { } ticket) rows = rows.Where(row => row.TicketId == ticket);
        if (request.Query["requestId"] is [{ Length: > 0 } id]) rows = rows.Where(row => row.RequestId == id);
        if (InstantOf(request, "from") is { } from) rows = rows.Where(row => row.At >= from);
        if (InstantOf(request, "to") is { } to) rows = rows.Where(row => row.At < to);
        return rows;
    }

    private static string[] Types(HttpRequest request)
    {
        var types = Texts(request, "type");
        return types.All(EventTypes.All.ContainsKey) ? types : throw Refusal.Invalid("type", $"must be one of {string.Join(", ", EventTypes.All.Keys)}");
    }

    private static long? TicketOf(HttpRequest request) =>
        request.Query["ticket"] is not [{ Length: > 0 } text] ? null
        : long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) ? id
        : throw Refusal.Invalid("ticket", "must be the number of a ticket");
}
