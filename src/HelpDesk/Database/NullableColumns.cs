using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Database;

internal static class NullableColumns
{
    public static string? Text(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static Instant? At(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDateTime(column).ToInstant();

    public static Duration? Length(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : Instants.FromMicroseconds(row.GetInt64(column));
}
