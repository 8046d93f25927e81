using Npgsql;

namespace HelpDesk.Database;

internal static class Violations
{
    /// <summary>
    /// Whether the database refused a write by this constraint or unique index. Two writers who each wait for a value of the other's are as good as a
    /// duplicate: whichever the database gives up meets it when it tries again.
    /// </summary>
    public static bool Violates(this Exception error, string constraint)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is PostgresException refused) return refused.ConstraintName == constraint || refused.SqlState == PostgresErrorCodes.DeadlockDetected;
        }

        return false;
    }
}
