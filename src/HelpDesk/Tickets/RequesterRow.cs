using HelpDesk.Database;
using Npgsql;

namespace HelpDesk.Tickets;

internal static class RequesterRow
{
    /// <summary>What <see cref="Read"/> reads, of customers c and the organisation o that they belong to: her own tier counts, else the organisation's.</summary>
    public const string Columns =
        "c.id, c.email, c.name, c.locale, c.time_zone, coalesce(c.tier, o.tier), c.preferred_channel, c.quiet_from, c.quiet_to, c.opt_out, c.unreachable_since, c.organisation_id,"
        + " c.webhook_url, o.webhook_url, c.row_version";

    public static Requester Read(NpgsqlDataReader row, int first) => new(
        row.GetGuid(first), row.Text(first + 1), row.Text(first + 2), row.Text(first + 3), row.Text(first + 4), row.Text(first + 5),
        row.GetString(first + 6), Time(row, first + 7), Time(row, first + 8), row.GetBoolean(first + 9), !row.IsDBNull(first + 10), row.IsDBNull(first + 11) ? null : row.GetGuid(first + 11))
    {
        WebhookUrl = row.Text(first + 12),
        OrganisationWebhookUrl = row.Text(first + 13),
        Version = row.GetInt64(first + 14),
    };

    private static LocalTime? Time(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : LocalTime.FromTimeOnly(row.GetFieldValue<TimeOnly>(column));
}
