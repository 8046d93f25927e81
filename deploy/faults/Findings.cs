namespace HelpDesk.Faults;

/// <summary>What the audit counted, in the order in which it was first counted, and what it found amiss.</summary>
internal sealed class Findings
{
    private readonly List<string> order = [];
    private readonly Dictionary<string, int> counts = [];
    private readonly List<string> breaches = [];
    private readonly HashSet<string> mustBeZero = [];

    public IReadOnlyList<string> Breaches => breaches;

    public IEnumerable<(string Name, int Count, bool MustBeZero)> Figures => order.Select(name => (name, counts[name], mustBeZero.Contains(name)));

    public void Count(string name, int by = 1)
    {
        if (!counts.TryAdd(name, by)) counts[name] += by;
        else order.Add(name);
    }

    /// <summary>A figure that must be zero stands in the table even if it is.</summary>
    public void Expect(string name)
    {
        Count(name, 0);
        mustBeZero.Add(name);
    }

    public void Breach(string name, string words)
    {
        Expect(name);
        Count(name);
        breaches.Add($"{name}: {words}");
    }
}
