namespace HelpDesk.Applications;

/// <summary>Counts what applying changes, under the names that the API gives it.</summary>
internal sealed class Tally(Dictionary<string, long> counts)
{
    public void Add(string what, long more = 1) => counts[what] = counts.GetValueOrDefault(what) + more;

    public void AddTicket(IReadOnlyList<CommitmentEffect> effects)
    {
        Add("changed");
        foreach (var effect in effects)
        {
            Add(Name(effect.What));
            if (effect.Remade) Add("remade");
        }
    }

    private static string Name(EffectKind what) => what switch
    {
        EffectKind.Retargeted => "retargeted",
        EffectKind.Started => "started",
        EffectKind.Cancelled => "cancelled",
        EffectKind.Paused => "paused",
        _ => "resumed",
    };

    public ApplicationCounts Whole()
    {
        long Of(string what) => counts.GetValueOrDefault(what);
        return new ApplicationCounts(Of("changed"), Of("retargeted"), Of("remade"), Of("started"), Of("cancelled"), Of("paused"), Of("resumed"), Of("failed"));
    }
}
