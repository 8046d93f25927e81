using HelpDesk.Database;
using Microsoft.EntityFrameworkCore;

namespace HelpDesk.Tickets;

/// <summary>A ticket's place in a list.</summary>
internal sealed class TicketSpot
{
    public required Instant At { get; init; }

    public required long Id { get; init; }
}

/// <summary>The tickets that meet every condition, and that the caller may see.</summary>
internal sealed class TicketSelection(HelpDeskDb db, IReadOnlyList<TicketCondition> conditions)
{
    /// <summary>Of more alternatives than that, an index each would cost more than it saves.</summary>
    private const int MostWays = 20;

    private readonly IReadOnlyList<TicketCondition> conditions =
        conditions.Count == 0 && db.QueuesInSight is { } queues ? [TicketFilter.OfQueues([.. queues])] : conditions;

    public bool IsAll => conditions.Count == 0;

    public IQueryable<TicketRow> Rows => conditions.Aggregate(db.Set<TicketRow>().AsNoTracking(), (rows, condition) => rows.Where(condition.Whole));

    /// <summary>
    /// By creation: lists whose union is the selection, each to be walked in order. One condition alone is walked by the index that knows it, alternative by
    /// alternative: "this or that" in one query would be gathered whole and then sorted. Of several conditions PostgreSQL chooses the best to walk.
    /// </summary>
    public IReadOnlyList<IQueryable<TicketSpot>> ByCreation => conditions is [{ Alternatives: { Count: > 0 and <= MostWays } ways }]
        ? [.. ways.Select(Walk)]
        : [Spots(Rows)];

    private IQueryable<TicketSpot> Walk(TicketAlternative way)
    {
        var rows = db.Set<TicketRow>().AsNoTracking().Where(way.Demands);
        return way.Mark is not { } mark ? Spots(rows)
            : db.Set<TicketMark>().AsNoTracking().IgnoreQueryFilters([QueueSight.Filter]).Where(row => row.Mark == mark)
                .Join(rows, row => row.TicketId, row => row.Id, (marked, _) => new TicketSpot { At = marked.CreatedAt, Id = marked.TicketId });
    }

    private static IQueryable<TicketSpot> Spots(IQueryable<TicketRow> rows) => rows.Select(row => new TicketSpot { At = row.CreatedAt, Id = row.Id });
}
