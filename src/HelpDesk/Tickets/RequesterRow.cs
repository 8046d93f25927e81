using HelpDesk.Database;
using Npgsql;

namespace HelpDesk.Tickets;

internal static class RequesterRow
{
    /// <summary>Reads id, email, name, locale, time_zone, tier, preferred_channel, quiet_from, quiet_to, opt_out, unreachable_since.</summary>
    public static Requester Read(NpgsqlDataReader row, int first) => new(
        row.GetGuid(first), row.Text(first + 1), row.Text(first + 2), row.Text(first + 3), row.Text(first + 4), row.Text(first + 5),
        row.GetString(first + 6), Time(row, first + 7), Time(row, first + 8), row.GetBoolean(first + 9), !row.IsDBNull(first + 10));

    private static LocalTime? Time(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : LocalTime.FromTimeOnly(row.GetFieldValue<TimeOnly>(column));
}
