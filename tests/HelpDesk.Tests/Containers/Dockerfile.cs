using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Containers;

/// <summary>deploy/Dockerfile, instruction by instruction; lines that go on are one.</summary>
internal static class Dockerfile
{
    public static IReadOnlyList<(string Word, string Said)> Instructions { get; } =
    [
        .. File.ReadAllText(Repository.File("deploy", "Dockerfile")).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
            .Where(line => line.Trim().Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(' ', 2, StringSplitOptions.TrimEntries)).Select(parts => (parts[0], parts[1])),
    ];

    /// <summary>Stages with their instructions.</summary>
    public static IReadOnlyList<IReadOnlyList<(string Word, string Said)>> Stages { get; } = Split();

    /// <summary>All that is given to an instruction of the last stage.</summary>
    public static IEnumerable<string> Last(string word) => Stages[^1].Where(each => each.Word == word).Select(each => each.Said);

    private static List<IReadOnlyList<(string, string)>> Split()
    {
        var stages = new List<List<(string, string)>>();
        foreach (var instruction in Instructions)
        {
            if (instruction.Word == "FROM") stages.Add([]);
            if (stages.Count > 0) stages[^1].Add(instruction);
        }

        return [.. stages];
    }
}
