using System.Globalization;

namespace HelpDesk.Search;

/// <summary>
/// Tickets lie on shelves by their number, smaller and larger ones, which the index knows (search_shelves in the database): so a part of all tickets can be
/// asked at the cost of that part.
/// </summary>
internal static class Shelves
{
    /// <summary>Powers of two, smallest first, as in the database.</summary>
    private static readonly int[] Sizes = [11, 14, 17, 20];

    private const int Most = 4;

    public static int Levels => Sizes.Length + 1;

    /// <summary>Where the shelf begins that ends with the ticket before <paramref name="end"/>; beyond the largest: everything.</summary>
    public static long Begin(long end, int level) => level < Sizes.Length ? (end - 1) >> Sizes[level] << Sizes[level] : 0;

    /// <summary>How many tickets a shelf holds.</summary>
    public static double Size(int level) => level < Sizes.Length ? 1L << Sizes[level] : double.PositiveInfinity;

    /// <summary>Few shelves that hold every ticket from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive), and maybe others. None: everywhere.</summary>
    public static IReadOnlyList<string> Covering(long from, long to)
    {
        for (var level = 0; level < Sizes.Length; level++)
        {
            var (first, last) = (from >> Sizes[level], (to - 1) >> Sizes[level]);
            if (last - first < Most) return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(shelf => string.Create(CultureInfo.InvariantCulture, $"shelf {level} {first + shelf}"))];
        }

        return [];
    }
}
