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

    public static async Task<List<TicketCondition>> Read(HttpRequest request, HelpDeskDb db, CancellationToken cancel)
    {
        var conditions = new List<TicketCondition>();
        foreach (var parameter in request.Query.Keys.Where(name => name.StartsWith(Name, StringComparison.Ordinal)))
        {
            var key = KeyOf(parameter) ?? "";
            if (key.Length == 0 || !await IsDefined(db, key, cancel)) throw Refusal.Invalid(parameter, "is not a custom field that is defined here: see /v1/custom-fields");
            var values = QueryValues.Texts(request, parameter).Distinct().ToList();
            if (values.Count > 0) conditions.Add(Of(key, values, db));
        }

        return conditions;
    }

    private static TicketCondition Of(string key, IReadOnlyList<string> values, HelpDeskDb db)
    {
        var demands = TicketCondition.AnyOf(values.SelectMany(value => Forms(key, value)).Select(Contains));
        long[] marks = [.. values.SelectMany(Written).Select(value => TicketMark.OfField(key, value)).Distinct()];
        return new TicketCondition(
            TicketCondition.AllOf([row => db.Set<TicketMark>().Any(mark => marks.Contains(mark.Mark) && mark.CreatedAt == row.CreatedAt && mark.TicketId == row.Id), demands]),
            [.. marks.Select(mark => new TicketAlternative(demands, mark))]);
    }

    /// <summary>As marks write it: 3.0 may be a text or the number 3.</summary>
    private static IEnumerable<string> Written(string value) => IsNumber(value, out var number)
        ? [value, (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture)]
        : [value];

    private static bool IsNumber(string value, out decimal number) => decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>As long as none is defined, tickets take any.</summary>
    private static async Task<bool> IsDefined(HelpDeskDb db, string key, CancellationToken cancel) =>
        await db.Set<CustomField>().AnyAsync(field => field.Key == key, cancel) || !await db.Set<CustomField>().AnyAsync(cancel);

    private static IEnumerable<string> Forms(string key, string value)
    {
        yield return Document(key, value);
        yield return Document(key, new[] { value });
        if (value is "true" or "false") yield return Document(key, value == "true");
        else if (IsNumber(value, out var number)) yield return Document(key, number);
    }

    private static string Document<T>(string key, T value) => JsonSerializer.Serialize(new Dictionary<string, T> { [key] = value });

    private static Expression<Func<TicketRow, bool>> Contains(string document) => row => EF.Functions.JsonContains(row.CustomFields, document);
}
