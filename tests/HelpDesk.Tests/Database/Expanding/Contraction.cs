using System.Text.RegularExpressions;

namespace HelpDesk.Tests.Database.Expanding;

/// <summary>
/// A migration that takes away says so twice: to servers, in its name (<c>0041_old_states_needs_0038</c>), and to people, in its first line
/// (<c>-- Contracts: why. Unused since version 0.3.0.</c>).
/// </summary>
internal sealed partial record Contraction(string Needs, bool IsSaid)
{
    public static Contraction? Of(string id, string sql)
    {
        var (name, said) = (Name().Match(id), Line().IsMatch(sql));
        return name.Success || said ? new(name.Groups[1].Value, said) : null;
    }

    /// <param name="released">The newest migration of the release before: whoever runs that must know what is needed.</param>
    public string? Fault(string released) =>
        Needs.Length == 0 ? "it contracts, so its name must end with the migration that servers must know, as in 0041_old_states_needs_0038"
        : !IsSaid ? "its name says that it contracts, so it must begin with '-- Contracts: why. Unused since version 0.3.0.'"
        : string.CompareOrdinal(Needs, released[..4]) > 0 ? $"it needs migration {Needs}, which the release before does not know (it ends with {released}): what a version takes away the one before has stopped using"
        : null;

    [GeneratedRegex(@"_needs_([0-9]{4})\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A-- Contracts: .+ Unused since version [0-9]+\.[0-9]+\.[0-9]+\.\n")]
    private static partial Regex Line();
}
