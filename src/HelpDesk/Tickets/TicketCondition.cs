using System.Linq.Expressions;

namespace HelpDesk.Tickets;

/// <summary>What a filter demands of a ticket.</summary>
/// <param name="Whole">All of it.</param>
/// <param name="Alternatives">The same as alternatives, each of which an index knows in the order of creation; a ticket may meet several.</param>
internal sealed record TicketCondition(Expression<Func<TicketRow, bool>> Whole, IReadOnlyList<TicketAlternative> Alternatives)
{
    public static TicketCondition Of(Expression<Func<TicketRow, bool>> only) => new(only, [new(only)]);

    /// <param name="values">At least one.</param>
    /// <param name="isOne">Whether a ticket has this one.</param>
    /// <param name="isAny">Whether it has any of them.</param>
    public static TicketCondition Of<T>(IReadOnlyList<T> values, Func<T, Expression<Func<TicketRow, bool>>> isOne, Expression<Func<TicketRow, bool>> isAny) =>
        new(values.Count == 1 ? isOne(values[0]) : isAny, [.. values.Select(value => new TicketAlternative(isOne(value)))]);

    public static Expression<Func<TicketRow, bool>> AnyOf(IEnumerable<Expression<Func<TicketRow, bool>>> conditions) => Joined(conditions, Expression.OrElse);

    public static Expression<Func<TicketRow, bool>> AllOf(IEnumerable<Expression<Func<TicketRow, bool>>> conditions) => Joined(conditions, Expression.AndAlso);

    private static Expression<Func<TicketRow, bool>> Joined(IEnumerable<Expression<Func<TicketRow, bool>>> conditions, Func<Expression, Expression, Expression> join)
    {
        var row = Expression.Parameter(typeof(TicketRow), "row");
        return Expression.Lambda<Func<TicketRow, bool>>(
            conditions.Select(condition => new Rebind(condition.Parameters[0], row).Visit(condition.Body)).Aggregate(join), row);
    }

    private sealed class Rebind(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}

/// <param name="Demands">What is asked of the ticket.</param>
/// <param name="Mark">The mark that such a ticket has; null where the tickets' own indexes know it.</param>
internal sealed record TicketAlternative(Expression<Func<TicketRow, bool>> Demands, long? Mark = null);
