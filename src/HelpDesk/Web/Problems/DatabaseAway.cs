using System.Net.Sockets;
using Npgsql;

namespace HelpDesk.Web.Problems;

/// <summary>Tells "the database is away, come back" from a bug. EF and others wrap what Npgsql throws.</summary>
internal static class DatabaseAway
{
    public static bool Caused(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is PostgresException postgres) return postgres.IsTransient || IsAway(postgres.SqlState);
            if (cause is NpgsqlException npgsql) return npgsql.IsTransient || npgsql.InnerException is SocketException or IOException or TimeoutException;
        }
        return false;
    }

    /// <summary>Connection errors, no resources, shutdowns and restarts, a database that is not there (yet).</summary>
    private static bool IsAway(string sqlState) =>
        sqlState.StartsWith("08", StringComparison.Ordinal) || sqlState.StartsWith("53", StringComparison.Ordinal)
        || sqlState.StartsWith("57P", StringComparison.Ordinal) || sqlState == PostgresErrorCodes.InvalidCatalogName;
}
