using HelpDesk.Deadlines;
using HelpDesk.Web;
using HelpDesk.Web.Json;

namespace HelpDesk.Policies;

/// <summary>Kinds of commitments that a policy can have a term for.</summary>
internal sealed class KindKeysAttribute : KeyedByAttribute
{
    public static string Rule { get; } = $"must be one of {string.Join(", ", PolicyReading.KindsByWord.Keys)}";

    public override string? Broken(string key) => PolicyReading.KindsByWord.ContainsKey(key) ? null : Rule;
}

/// <summary>low to urgent.</summary>
internal sealed class PriorityKeysAttribute : KeyedByAttribute
{
    public override string? Broken(string key) => Words<Priority>.TryParse(key, out _) ? null : Words<Priority>.Rule;
}
