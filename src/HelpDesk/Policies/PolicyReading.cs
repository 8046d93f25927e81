using System.Collections.Frozen;
using HelpDesk.Deadlines;
using HelpDesk.Web;

namespace HelpDesk.Policies;

/// <summary>A definition as terms to count by. Every rule it breaks is reported under the member that breaks it.</summary>
internal static class PolicyReading
{
    private const int MostValues = 200;
    private static readonly CommitmentKind[] Kinds =
        [CommitmentKind.FirstResponse, CommitmentKind.NextResponse, CommitmentKind.Update, CommitmentKind.Resolution];

    internal static readonly Dictionary<string, CommitmentKind> KindsByWord = Kinds.ToDictionary(kind => kind.ToWord());

    /// <summary>The terms, or a refusal naming the members.</summary>
    public static PolicyTerms Read(PolicyDefinition definition, string path = "")
    {
        var errors = new Dictionary<string, string[]>();
        return TryRead(definition, path, errors) ?? throw Refusal.Invalid(errors);
    }

    /// <summary>The terms, or null with the reasons in the errors.</summary>
    public static PolicyTerms? TryRead(PolicyDefinition definition, string path, Dictionary<string, string[]> errors)
    {
        var known = errors.Count;
        CheckConditions(definition.When, path + "when", errors);
        var offers = new Dictionary<CommitmentKind, TermOffer>();
        foreach (var (word, term) in definition.Terms)
        {
            var member = $"{path}terms.{word}";
            if (!KindsByWord.TryGetValue(word, out var kind)) errors[member] = [KindKeysAttribute.Rule];
            else if (term is null) errors[member] = ["must not be null"];
            else if (new TermReading(kind, errors).Offer(term, member) is { } offer) offers[kind] = offer;
        }

        var window = Length(definition.ReopenWindow, path + "reopenWindow", Duration.Zero, errors);
        var target = Length(definition.ReopenTarget, path + "reopenTarget", TermReading.Shortest, errors);
        Length(definition.CloseAfter, path + "closeAfter", TermReading.Shortest, errors);
        Length(definition.PageExpires, path + "pageExpires", Duration.Zero, errors);
        return errors.Count > known ? null : new PolicyTerms(offers.ToFrozenDictionary(), window ?? PolicyTerms.DefaultReopenWindow, target)
        {
            IgnoresQuietHours = definition.QuietHours == QuietHoursRule.Ignore,
        };
    }

    private static Duration? Length(IsoDuration? given, string member, Duration shortest, Dictionary<string, string[]> errors)
    {
        if (given?.Value is { } value && (value < shortest || value > Term.LongestTarget)) errors[member] = [TermReading.Range(shortest)];
        return given?.Value;
    }

    public static void CheckConditions(PolicyConditions? when, string path, Dictionary<string, string[]> errors)
    {
        if (when is null) return;
        Check("priority", when.Priority?.Count);
        CheckWords("queue", when.Queue);
        CheckWords("channel", when.Channel);
        CheckWords("category", when.Category);
        CheckWords("tag", when.Tag);
        CheckWords("tier", when.Tier);
        CheckWords("locale", when.Locale);

        void CheckWords(string member, IReadOnlyList<string>? values)
        {
            Check(member, values?.Count);
            for (var index = 0; index < values?.Count; index++)
            {
                if (values[index] is not { Length: >= 1 and <= 200 }) errors[$"{path}.{member}[{index}]"] = ["must be 1 to 200 characters"];
                else if (member == "locale" && !Locales.IsKnown(values[index])) errors[$"{path}.{member}[{index}]"] = [Locales.Rule];
            }
        }

        void Check(string member, int? count)
        {
            if (count is 0) errors[$"{path}.{member}"] = ["must name at least one value; leave the member out to match all"];
            if (count > MostValues) errors[$"{path}.{member}"] = [$"must be at most {MostValues} values"];
        }
    }
}
