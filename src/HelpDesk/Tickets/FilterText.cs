using HelpDesk.Database;
using HelpDesk.Web;

namespace HelpDesk.Tickets;

/// <summary>The filters of the list of tickets as one text: what stands behind the question mark there.</summary>
internal static class FilterText
{
    /// <param name="member">The member that the text is given in: what is wrong with a filter is said of <c>member.filter</c>.</param>
    public static async Task<IReadOnlyList<TicketCondition>> Read(string text, string member, HelpDeskDb db, Instant now, CancellationToken cancel)
    {
        var request = new DefaultHttpContext().Request;
        request.QueryString = new QueryString("?" + text.TrimStart('?'));
        var unknown = request.Query.Keys.FirstOrDefault(name => !TicketFilter.All.SelectMany(filter => filter.Names).Any(known => Covers(known, name)));
        if (unknown is not null) throw Refusal.Invalid(member, $"{unknown} is not a filter of tickets: use {string.Join(", ", TicketFilter.All.Select(filter => filter.Name))}");
        try
        {
            return [.. TicketFilter.Read(request, db, now), .. await CustomFieldFilter.Read(request, db, cancel)];
        }
        catch (Refusal refusal) when (refusal.Errors is { Count: > 0 } errors)
        {
            throw Refusal.Invalid(errors.ToDictionary(error => $"{member}.{error.Key}", error => error.Value));
        }
    }

    public static bool Says(string text, string filter) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(text).ContainsKey(filter);

    private static bool Covers(string known, string name) => known == name || (known[^1] is '.' or '[' && name.StartsWith(known, StringComparison.Ordinal));
}
