using System.Text;
using System.Text.RegularExpressions;
using HelpDesk.Database;
using Npgsql;

namespace HelpDesk.Idempotency;

/// <summary>
/// Kept answers that tell of a customer who was erased since. Nobody but who has the key can read them, so that it shows only when they are asked for again: by the customers whom they name,
/// and the ticket that was written to.
/// </summary>
internal static partial class ErasedAnswers
{
    [GeneratedRegex("[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ids();

    [GeneratedRegex("^/v1/tickets/([0-9]{1,18})(?:/|$)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TicketOf();

    public static async Task<bool> Has(RequestTransaction request, string path, StoredAnswer answer, CancellationToken cancel)
    {
        var ticket = TicketOf().Match(path) is { Success: true } match ? long.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) : 0;
        var ids = Ids().Matches($"{path} {Encoding.UTF8.GetString(answer.Body)}").Select(id => Guid.Parse(id.ValueSpan)).Distinct().ToArray();
        await using var command = new NpgsqlCommand(
            """
            select exists (
                select from customers where erased_at is not null and id in (
                    select unnest($1) union all select into_id from customer_merges where id = any ($1) union all select requester_id from tickets where id = $2))
            """, request.Connection, request.Transaction) { Parameters = { new() { Value = ids }, new() { Value = ticket } } };
        return await command.ExecuteScalarAsync(cancel) is true;
    }
}
