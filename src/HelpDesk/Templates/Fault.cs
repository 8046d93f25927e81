namespace HelpDesk.Templates;

/// <summary>What is amiss, and where: lines and columns count from 1.</summary>
internal readonly record struct Fault(int At, string What)
{
    public string In(string source)
    {
        var before = source.AsSpan(0, Math.Min(At, source.Length));
        return $"line {before.Count('\n') + 1}, column {before.Length - before.LastIndexOf('\n')}: {What}";
    }
}
