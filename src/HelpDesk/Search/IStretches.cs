namespace HelpDesk.Search;

/// <summary>All tickets in stretches to be asked one after another, the newest first. Smaller and larger ones, by level.</summary>
internal interface IStretches
{
    bool AreByCreation { get; }

    /// <summary>Where everything ends, exclusive.</summary>
    long End { get; }

    int Levels { get; }

    /// <summary>After how many tickets a page that is full is enough: before, some hundred matches are, so that the best of them come first.</summary>
    double Patience { get; }

    /// <summary>How many tickets a stretch has, about.</summary>
    double Size(int level);

    /// <summary>Where the stretch begins that ends before <paramref name="end"/>; 0: there is none before it.</summary>
    ValueTask<long> Begin(long end, int level);
}

/// <summary>By number: see <see cref="Shelves"/>.</summary>
internal sealed class NumberedStretches(long newest) : IStretches
{
    public bool AreByCreation => false;

    public long End => newest + 1;

    public int Levels => Shelves.Levels;

    public double Patience => double.PositiveInfinity;

    public double Size(int level) => Shelves.Size(level);

    public ValueTask<long> Begin(long end, int level) => ValueTask.FromResult(Shelves.Begin(end, level));
}

/// <summary>By creation, in microseconds since 1970: so many of the tickets that a filter leaves, which an index knows in that order.</summary>
/// <param name="begin">When the n-th of them before an instant was created; 0 where there are fewer.</param>
internal sealed class CreatedStretches(Func<long, int, Task<long>> begin) : IStretches
{
    private static readonly int[] Sizes = [250, 1000, 4000, 16_000];

    public bool AreByCreation => true;

    /// <summary>After the year 9999.</summary>
    public long End => 253_402_300_799_000_000;

    public int Levels => Sizes.Length + 1;

    public double Patience => 4000;

    public double Size(int level) => level < Sizes.Length ? Sizes[level] : double.PositiveInfinity;

    public async ValueTask<long> Begin(long end, int level) => level < Sizes.Length ? await begin(end, Sizes[level]) : 0;
}
