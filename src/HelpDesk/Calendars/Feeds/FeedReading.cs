namespace HelpDesk.Calendars.Feeds;

/// <summary>What came of reading a feed.</summary>
/// <param name="Year">That it was counted out for.</param>
/// <param name="Holidays">What it holds; null where it has not changed, or could not be read.</param>
/// <param name="Problem">Why it could not be read; null where it could.</param>
internal sealed record FeedReading(int Year, HolidaysRead? Holidays = null, string? Problem = null)
{
    private const int MostWords = 500;

    /// <summary>What to ask by whether it has changed.</summary>
    public string? EntityTag { get; init; }

    public string? LastModified { get; init; }

    public static FeedReading Of(int year, string problem) => new(year, Problem: Said(problem));

    /// <summary>Servers may have put anything into it, and the database keeps no NUL.</summary>
    private static string Said(string problem)
    {
        var words = new string([.. problem.Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter))]);
        return words.Length <= MostWords ? words : words[..MostWords];
    }
}
