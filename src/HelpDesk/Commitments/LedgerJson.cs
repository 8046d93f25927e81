using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using HelpDesk.Deadlines;
using HelpDesk.Time;
using HelpDesk.Web.Json;

namespace HelpDesk.Commitments;

/// <summary>The parts of a commitment that are kept as JSON: the term it was last targeted by, and its pauses. Durations are microseconds.</summary>
internal static class LedgerJson
{
    private const int MostTerms = 10_000;

    // Many commitments share few terms.
    private static readonly ConcurrentDictionary<string, Term> Terms = new(StringComparer.Ordinal);
    private static readonly ConditionalWeakTable<Term, string> Texts = [];

    public static string Write(Term term) => Texts.GetValue(term, Serialize);

    private static string Serialize(Term term) =>
        JsonSerializer.Serialize(
            new TermDocument(
                term.Target.ToMicroseconds(), term.Hours, term.Cushion.ToMicroseconds(), term.Lead?.ToMicroseconds(), term.RenewBy?.ToMicroseconds(),
                term.MaxRenewals, [.. term.PausesIn],
                [.. term.Ladder.Select(step => new StepDocument(step.From, step.Percent, step.Offset.ToMicroseconds(), step.Do, step.To))]),
            JsonConventions.Options);

    public static Term ReadTerm(string json)
    {
        if (Terms.TryGetValue(json, out var known)) return known;
        var document = JsonSerializer.Deserialize<TermDocument>(json, JsonConventions.Options)!;
        var term = new Term
        {
            Target = Instants.FromMicroseconds(document.Target),
            Hours = document.Hours,
            Cushion = Instants.FromMicroseconds(document.Cushion),
            Lead = document.Lead is { } lead ? Instants.FromMicroseconds(lead) : null,
            RenewBy = document.RenewBy is { } renewBy ? Instants.FromMicroseconds(renewBy) : null,
            MaxRenewals = document.MaxRenewals,
            PausesIn = [.. document.PausesIn],
            Ladder = [.. document.Ladder.Select(step => new LadderStep(step.From, step.Percent, Instants.FromMicroseconds(step.Offset), step.Do, step.To))],
        };
        if (Terms.Count < MostTerms) Terms[json] = term;
        return term;
    }

    public static string Write(ImmutableArray<Pause> pauses) =>
        pauses.IsEmpty ? "[]" : JsonSerializer.Serialize(pauses.Select(pause => new PauseDocument(pause.From, pause.To)), JsonConventions.Options);

    public static ImmutableArray<Pause> ReadPauses(string json) =>
        json == "[]" ? [] : [.. JsonSerializer.Deserialize<PauseDocument[]>(json, JsonConventions.Options)!.Select(pause => new Pause(pause.From, pause.To))];

    private sealed record TermDocument(
        long Target, TermHours Hours, long Cushion, long? Lead, long? RenewBy, int MaxRenewals, TicketStatus[] PausesIn, StepDocument[] Ladder);

    private sealed record StepDocument(LadderBase From, int Percent, long Offset, string Do, string? To);

    private sealed record PauseDocument(Instant From, Instant? To);
}
