using HelpDesk.CustomFields;
using HelpDesk.Database;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;
using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;

namespace HelpDesk.Tickets;

/// <summary><c>?customFields[KEY]=value</c> or <c>?customFields.KEY=value</c>: tickets whose field is the value, or a list that has it. Numbers and truth values are found as such and as text.</summary>
internal static class CustomFieldFilter
{
    private const string Name = "customFields";

    private static string? KeyOf(string parameter) =>
        parameter.StartsWith($"{Name}.", StringComparison.Ordinal) ? parameter[(Name.Length + 1)..]
        : parameter.StartsWith($"{Name}[", StringComparison.Ordinal) && parameter.EndsWith(']') ? parameter[(Name.Length + 1)..^1]
        : null;

    public static async Task<IQueryable<TicketRow>> Apply(IQueryable<TicketRow> rows, HelpDeskDb db, HttpRequest request, CancellationToken cancel)
    {
        foreach (var parameter in request.Query.Keys.Where(name => name.StartsWith(Name, StringComparison.Ordinal)))
        {
            var key = KeyOf(parameter) ?? "";
            if (key.Length == 0 || !await IsDefined(db, key, cancel)) throw Refusal.Invalid(parameter, "is not a custom field that is defined here: see /v1/custom-fields");
            var forms = QueryValues.Texts(request, parameter).SelectMany(value => Forms(key, value)).ToList();
            if (forms.Count > 0) rows = rows.Where(row => row.CustomFields != "{}").Where(AnyOf(forms));
        }

        return rows;
    }

    /// <summary>As long as none is defined, tickets take any.</summary>
    private static async Task<bool> IsDefined(HelpDeskDb db, string key, CancellationToken cancel) =>
        await db.Set<CustomField>().AnyAsync(field => field.Key == key, cancel) || !await db.Set<CustomField>().AnyAsync(cancel);

    private static IEnumerable<string> Forms(string key, string value)
    {
        yield return Document(key, value);
        yield return Document(key, new[] { value });
        if (value is "true" or "false") yield return Document(key, value == "true");
        else if (decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) yield return Document(key, number);
    }

    private static string Document<T>(string key, T value) => JsonSerializer.Serialize(new Dictionary<string, T> { [key] = value });

    private static Expression<Func<TicketRow, bool>> AnyOf(IReadOnlyList<string> documents)
    {
        var row = Expression.Parameter(typeof(TicketRow), "row");
        var any = documents.Select(document => Contains(document, row)).Aggregate(Expression.OrElse);
        return Expression.Lambda<Func<TicketRow, bool>>(any, row);
    }

    private static Expression Contains(string document, ParameterExpression row)
    {
        Expression<Func<TicketRow, bool>> contains = ticket => EF.Functions.JsonContains(ticket.CustomFields, document);
        return new Rebind(contains.Parameters[0], row).Visit(contains.Body);
    }

    private sealed class Rebind(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
