using NodaTime;

namespace HelpDesk.Deadlines;

/// <summary>A stretch of a commitment's life, <c>[From, To)</c>, what it was, and how much of it was counted (zero unless working).</summary>
public readonly record struct ExplainedSegment(Instant From, Instant To, SegmentKind As, Duration Counted);

/// <summary>Why a commitment stands where it does: which time was counted, and the names of what happened. Its sentences are the desk's: the engine knows no language.</summary>
public static class Explanation
{
    /// <summary>
    /// The stretches from the start to the end (or to <paramref name="asOf"/>, exclusive, while owed), each touching the next. What they counted adds up
    /// to <see cref="Commitment.UsedAt"/> exactly.
    /// </summary>
    public static IEnumerable<ExplainedSegment> Segments(Commitment commitment, Instant asOf)
    {
        var end = commitment.EndedAt ?? asOf;
        var from = commitment.StartedAt;
        foreach (var pause in commitment.Pauses)
        {
            foreach (var segment in Counted(commitment, from, Instant.Min(pause.From, end))) yield return segment;
            from = Instant.Min(pause.To ?? end, end);
            if (from > pause.From) yield return new ExplainedSegment(pause.From, from, SegmentKind.Paused, Duration.Zero);
        }

        foreach (var segment in Counted(commitment, from, end)) yield return segment;
    }

    private static IEnumerable<ExplainedSegment> Counted(Commitment commitment, Instant from, Instant to)
    {
        foreach (var segment in commitment.Hours.Segments(from, to))
        {
            var counted = segment.Kind == SegmentKind.Working ? segment.To - segment.From : Duration.Zero;
            yield return new ExplainedSegment(segment.From, segment.To, segment.Kind, counted);
        }
    }

    /// <summary>The stable word of a step, such as <c>commitment_started</c>.</summary>
    public static string What(ChangeKind kind) => string.Concat(kind.ToString().Select((letter, index) =>
        char.IsUpper(letter) && index > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
