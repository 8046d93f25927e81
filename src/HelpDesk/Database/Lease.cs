namespace HelpDesk.Database;

/// <summary>
/// How long a process alone has what it took from a table, should it die with it. By the clocks of the servers, which may be set back: a lease that ends later than any could,
/// twice over for clocks that differ, is void, or it would outlive the setting back by all of that.
/// </summary>
internal static class Lease
{
    /// <summary>No lease is longer.</summary>
    public static readonly Duration Longest = Duration.FromSeconds(15);

    private static readonly string Void = $"interval '{2 * (int)Longest.TotalSeconds} seconds'";

    /// <summary>SQL: nobody has it.</summary>
    /// <param name="until">The column.</param>
    /// <param name="now">The placeholder of machine time.</param>
    public static string IsOver(string until, string now) => $"({until} is null or {until} < {now} or {until} > {now}::timestamptz + {Void})";

    /// <summary>SQL: somebody has it; false where there is none.</summary>
    /// <param name="until">The column.</param>
    /// <param name="now">The placeholder of machine time.</param>
    public static string Holds(string until, string now) => $"coalesce({until} between {now} and {now}::timestamptz + {Void}, false)";
}
