namespace HelpDesk.Events.Feed;

/// <summary>Which types of events somebody wants: names, and groups such as <c>ticket.*</c>.</summary>
internal static class TypeChoice
{
    /// <summary>What is told outside of the audit log: not what concerns keys, webhooks, secrets and the sandbox.</summary>
    public static IReadOnlyList<string> Told { get; } = [.. EventTypes.All.Keys.Where(type => !OfTheDeskAlone.Contains(Group(type)))];

    public const string Rule = "must name types of events, such as promise.broken, or groups of them, such as ticket.*";

    /// <summary>The names, without groups; null for what is not known.</summary>
    public static string[]? Names(IReadOnlyCollection<string> choice)
    {
        if (choice.Count == 0) return [.. Told];
        var names = new List<string>();
        foreach (var word in choice)
        {
            var found = word.EndsWith(".*", StringComparison.Ordinal) ? Told.Where(type => Group(type) == word[..^2]).ToList() : [.. Told.Where(type => type == word)];
            if (found.Count == 0) return null;
            names.AddRange(found);
        }

        return [.. names.Distinct()];
    }

    private static string[] OfTheDeskAlone => ["api_key", "session", "webhook", "webhook_secret", "sandbox"];

    private static string Group(string type) => type[..type.IndexOf('.', StringComparison.Ordinal)];
}
