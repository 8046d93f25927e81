using System.Reflection;
using HelpDesk.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace HelpDesk.Database;

/// <summary>
/// A caller who is held to queues finds through EF only tickets in them, and only what belongs to those tickets: a filter on every query, so that no list can
/// forget it. What has no ticket is not found either. For everybody else the filter is not in the SQL at all: EF.Parameter lets EF see that the value is null and
/// leave it out. Plain SQL is not covered: there the caller is passed on.
/// </summary>
internal static class QueueSight
{
    public const string Filter = "queues";
    private const string TicketId = "TicketId";

    private static readonly MethodInfo OfTicket = typeof(QueueSight).GetMethod(nameof(HoldToTicket), BindingFlags.Static | BindingFlags.NonPublic)!;

    public static void Apply(ModelBuilder model, HelpDeskDb db)
    {
        model.Entity<TicketRow>().HasQueryFilter(Filter, row => EF.Parameter(db.QueuesInSight) == null || db.QueuesInSight!.Contains(row.Queue));
        foreach (var entity in model.Model.GetEntityTypes().Where(BelongsToTicket).ToList()) OfTicket.MakeGenericMethod(entity.ClrType).Invoke(null, [model, db]);
    }

    public static bool BelongsToTicket(IReadOnlyEntityType entity) => entity.FindProperty(TicketId) is not null;

    private static void HoldToTicket<T>(ModelBuilder model, HelpDeskDb db)
        where T : class =>
        model.Entity<T>().HasQueryFilter(
            Filter, row => EF.Parameter(db.QueuesInSight) == null || db.Set<TicketRow>().Any(ticket => ticket.Id == EF.Property<long?>(row, TicketId)));
}
