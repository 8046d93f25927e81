namespace HelpDesk.Faults;

/// <summary>From one instant to another.</summary>
internal readonly record struct Stretch(Instant From, Instant To)
{
    public Duration Length => To > From ? To - From : Duration.Zero;

    public bool Meets(Instant from, Instant to) => From <= to && from <= To;

    public Duration Shared(Stretch other)
    {
        var (from, to) = (Instant.Max(From, other.From), Instant.Min(To, other.To));
        return to > from ? to - from : Duration.Zero;
    }

    public IEnumerable<Stretch> Without(Stretch other)
    {
        if (!Meets(other.From, other.To))
        {
            yield return this;
            yield break;
        }

        if (other.From > From) yield return new Stretch(From, other.From);
        if (other.To < To) yield return new Stretch(other.To, To);
    }

    public static IReadOnlyList<Stretch> Union(IEnumerable<Stretch> stretches)
    {
        var union = new List<Stretch>();
        foreach (var stretch in stretches.OrderBy(stretch => stretch.From))
        {
            if (union.Count > 0 && stretch.From <= union[^1].To) union[^1] = new Stretch(union[^1].From, Instant.Max(union[^1].To, stretch.To));
            else union.Add(stretch);
        }

        return union;
    }
}
