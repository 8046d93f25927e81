using System.Collections.Frozen;
using System.Globalization;
using HelpDesk.Deadlines;
using HelpDesk.Web;

namespace HelpDesk.Policies;

/// <summary>One kind's term as it is written, as terms to count by: the usual one and those that differ by priority.</summary>
internal sealed class TermReading(CommitmentKind kind, Dictionary<string, string[]> errors)
{
    public static readonly Duration Shortest = Duration.FromTicks(10);

    private const int MostRenewals = 100;
    private const int MostSteps = LadderStep.Most;
    private const int HighestPercent = 1_000;

    public static string Range(Duration shortest) =>
        shortest > Duration.Zero ? "must be longer than zero and at most ten years (P3652DT12H)" : "must be zero or longer, and at most ten years (P3652DT12H)";

    /// <summary>Null with the reasons in the errors.</summary>
    public TermOffer? Offer(TermDefinition definition, string path)
    {
        var known = errors.Count;
        if (definition.Target is null)
        {
            errors[$"{path}.target"] = ["is required"];
            return null;
        }

        var usual = Read(definition, new Term { Target = definition.Target.Value.Value, PausesIn = Term.DefaultPauses(kind) }, path);
        var byPriority = new Dictionary<Priority, Term>();
        foreach (var (word, differing) in definition.ByPriority ?? new Dictionary<string, TermDefinition>())
        {
            var member = $"{path}.byPriority.{word}";
            if (!Words<Priority>.TryParse(word, out var priority)) errors[member] = [Words<Priority>.Rule];
            else if (differing is null) errors[member] = ["must not be null"];
            else if (differing.ByPriority is not null) errors[$"{member}.byPriority"] = ["must not stand within byPriority"];
            else byPriority[priority] = Read(differing, usual, member);
        }

        return errors.Count > known ? null : new TermOffer(usual, byPriority.ToFrozenDictionary());
    }

    private Term Read(TermDefinition definition, Term basis, string path)
    {
        var term = basis with
        {
            Target = Length(definition.Target, $"{path}.target", Shortest) ?? basis.Target,
            Hours = definition.Hours ?? basis.Hours,
            Cushion = Length(definition.Cushion, $"{path}.cushion", Duration.Zero) ?? basis.Cushion,
            Lead = Length(definition.Lead, $"{path}.lead", Shortest) ?? basis.Lead,
            RenewBy = Length(definition.RenewBy, $"{path}.renewBy", Shortest) ?? basis.RenewBy,
            MaxRenewals = definition.MaxRenewals ?? basis.MaxRenewals,
            PausesIn = definition.PausesIn is { } statuses ? [.. statuses.Distinct()] : basis.PausesIn,
            Ladder = definition.Ladder is { } steps ? [.. Ladder(steps, $"{path}.ladder")] : basis.Ladder,
        };
        if (term.MaxRenewals is < 0 or > MostRenewals) errors[$"{path}.maxRenewals"] = [$"must be from 0 to {MostRenewals}"];
        if (term.PausesIn.Any(status => status is TicketStatus.Resolved or TicketStatus.Closed))
        {
            errors[$"{path}.pausesIn"] = ["must be statuses in which the matter is open: new, open, waiting_on_customer, on_hold"];
        }

        CheckRenewal(definition, term, path);
        return term;
    }

    /// <summary>
    /// What somebody wrote must make sense; defaults always do, and within byPriority a lead that is too long for a short target is cut anyway.
    /// </summary>
    private void CheckRenewal(TermDefinition written, Term term, string path)
    {
        if ((written.Lead is null && (written.RenewBy is null || term.Lead is null)) || term.EffectiveRenewBy >= term.EffectiveLead) return;
        errors[written.RenewBy is null ? $"{path}.lead" : $"{path}.renewBy"] =
            [$"a renewal (renewBy, {IsoDuration.Format(term.EffectiveRenewBy)}) must not be shorter than its lead ({IsoDuration.Format(term.EffectiveLead)})"];
    }

    private Duration? Length(IsoDuration? given, string member, Duration shortest)
    {
        if (given?.Value is { } value && (value < shortest || value > Term.LongestTarget)) errors[member] = [Range(shortest)];
        return given?.Value;
    }

    private List<LadderStep> Ladder(IReadOnlyList<LadderStepDefinition> steps, string path)
    {
        if (steps.Count > MostSteps) errors[path] = [$"must be at most {MostSteps} steps"];
        var read = new List<LadderStep>();
        for (var index = 0; index < steps.Count; index++)
        {
            if (steps[index] is null) errors[$"{path}[{index}]"] = ["must not be null"];
            else if (Step(steps[index], $"{path}[{index}]") is { } step) read.Add(step);
        }

        return read;
    }

    private LadderStep? Step(LadderStepDefinition step, string path)
    {
        if (step.Do is not ("notify" or "raise_priority" or "reassign")) errors[$"{path}.do"] = ["must be one of notify, raise_priority, reassign"];
        if (step.Do is "notify" or "reassign" && string.IsNullOrWhiteSpace(step.To)) errors[$"{path}.to"] = ["is required"];
        if (step.From is not (null or "promise" or "lapse")) errors[$"{path}.from"] = ["must be one of promise, lapse"];
        if (step.At.EndsWith('%'))
        {
            if (int.TryParse(step.At[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var percent) && percent is >= 1 and <= HighestPercent)
            {
                return new LadderStep(LadderBase.Target, percent, Duration.Zero, step.Do, step.To);
            }
        }
        else if (IsoDuration.TryParse(step.At, out var offset) && offset >= -Term.LongestTarget && offset <= Term.LongestTarget)
        {
            var from = step.From == "lapse" ? LadderBase.Lapse : LadderBase.Promise;
            if (from == LadderBase.Promise || offset >= Duration.Zero) return new LadderStep(from, 0, offset, step.Do, step.To);
            errors[$"{path}.at"] = ["must not be negative: before the lapse, count from the promise"];
            return null;
        }

        errors[$"{path}.at"] = [$"must be a percentage of the target from 1% to {HighestPercent}%, or an ISO 8601 duration such as PT30M or -PT30M"];
        return null;
    }
}
