using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Reflection;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Internal;
using Microsoft.EntityFrameworkCore.Query;

namespace HelpDesk.Database;

/// <summary>
/// A caller who is held to queues finds through EF only tickets in them, and only what belongs to those tickets: a filter on every query, so that no list can
/// forget it. What has no ticket is not found either. For everybody else the filter is not in the SQL at all: EF.Parameter lets EF see that the value is null and
/// leave it out. Plain SQL is not covered: there the caller is passed on. EF writes no filter out with a model, so they are put on the written one as it is loaded.
/// </summary>
[SuppressMessage("Usage", "EF1001", Justification = "The package is pinned, and tests walk every route and every table with a caller who is held to queues.")]
internal static class QueueSight
{
    public const string Filter = "queues";
    private const string TicketId = "TicketId";

    private static readonly MethodInfo OfTicket = typeof(QueueSight).GetMethod(nameof(InSight), BindingFlags.Static | BindingFlags.NonPublic)!;

    public static void Apply(RuntimeModel model)
    {
        var types = ((IModel)model).GetEntityTypes().ToList();
        var tickets = types.Single(entity => entity.ClrType == typeof(TicketRow));
        // EF puts the context of the query in the place of this one.
        HelpDeskDb db = null!;
        Expression<Func<TicketRow, bool>> ofQueue = row => EF.Parameter(db.QueuesInSight) == null || db.QueuesInSight!.Contains(row.Queue);
        Set(tickets, ofQueue);
        foreach (var entity in types.Where(BelongsToTicket)) Set(entity, (LambdaExpression)OfTicket.MakeGenericMethod(entity.ClrType).Invoke(null, [tickets])!);
    }

    public static bool BelongsToTicket(IReadOnlyEntityType entity) => entity.FindProperty(TicketId) is not null;

    private static Expression<Func<T, bool>> InSight<T>(IEntityType tickets)
        where T : class
    {
        HelpDeskDb db = null!;
        IQueryable<TicketRow> all = null!;
        Expression<Func<T, bool>> filter = row => EF.Parameter(db.QueuesInSight) == null || all.Any(ticket => ticket.Id == EF.Property<long?>(row, TicketId));
        return (Expression<Func<T, bool>>)new Root(tickets).Visit(filter);
    }

    private static void Set(IEntityType entity, LambdaExpression filter)
    {
        var filters = new QueryFilterCollection();
        filters.Set(new RuntimeQueryFilter(Filter, filter));
        ((RuntimeEntityType)entity).AddAnnotation(CoreAnnotationNames.QueryFilter, filters);
    }

    /// <summary>Names the table in a query as EF does: its model is not there yet to be asked for it.</summary>
    private sealed class Root(IEntityType tickets) : ExpressionVisitor
    {
        protected override Expression VisitMember(MemberExpression node) => node.Type == typeof(IQueryable<TicketRow>) ? new EntityQueryRootExpression(tickets) : base.VisitMember(node);
    }
}
