namespace HelpDesk.PromisePages;

/// <summary>The strip as bars in a picture of <see cref="Width"/> by <see cref="Height"/>. Told apart by place and shape as well as by colour: what was kept stands below, what was renewed is
/// striped, what was broken stands on top and has a mark under its bar.</summary>
internal static class StripPicture
{
    /// <summary>Of one day.</summary>
    public const int Day = 10;

    public const int Bar = 56;

    /// <summary>Bars and, below them, the marks.</summary>
    public const int Height = 70;

    private const int Gap = 2;
    private const int Least = 6;

    public static int Width(IReadOnlyList<StripStretch> strip) => strip.Sum(stretch => stretch.Days) * Day;

    public static IEnumerable<StripBar> Bars(StripStretch stretch)
    {
        var (x, width) = ((stretch.At * Day) + (Gap / 2), (stretch.Days * Day) - Gap);
        if (stretch.Counts is not { All: > 0 } counts)
        {
            yield return new("none", x, Bar - 3, width, 3);
            yield break;
        }

        var (kept, renewed, broken) = Heights(counts);
        if (kept > 0) yield return new("kept", x, Bar - kept, width, kept);
        if (renewed > 0) yield return new("renewed", x, broken, width, renewed);
        if (broken <= 0) yield break;
        yield return new("broken", x, 0, width, broken);
        yield return new("broken", x, Bar + 5, width, 5);
    }

    /// <summary>Few of many must still be seen: the most give way.</summary>
    private static (int Kept, int Renewed, int Broken) Heights(StripCounts counts)
    {
        int[] heights = [.. new[] { counts.Kept, counts.Renewed, counts.Broken }.Select(count => count == 0 ? 0 : Math.Max(Least, (int)Math.Round((double)Bar * count / counts.All)))];
        heights[Array.IndexOf(heights, heights.Max())] += Bar - heights.Sum();
        return (heights[0], heights[1], heights[2]);
    }
}

/// <param name="Look">A class of the stylesheet.</param>
internal sealed record StripBar(string Look, int X, int Y, int Width, int Height);
