using HelpDesk.Deadlines;
using HelpDesk.Delivery;

namespace HelpDesk.Commitments.Explaining;

/// <summary>What a step tells of, each part in the words of the language. Empty where the step has none.</summary>
/// <param name="Why">The clause that gives the reason, with what joins it to the sentence before.</param>
/// <param name="Target">The time there is, with the hours it is counted in.</param>
/// <param name="HasDue">Whether the clock runs, so that there is an instant at which the time is used up.</param>
/// <param name="PromisesOther">Whether another instant is promised than the one at which the time is used up.</param>
/// <param name="Renews">Whether one promise took the place of another.</param>
internal sealed record StepFacts(
    ClockChange Change, bool ForCustomer, string Why, string Target, string Used, string Due, string Promised, string Before, bool HasDue, bool PromisesOther, bool Renews)
{
    public static StepFacts Of(ClockChange change, Telling telling, StepProse prose)
    {
        var language = telling.Language;
        string Date(Instant? at) => at is { } instant ? DateWords.Format(instant, telling.Zone, language) : "–";
        return new StepFacts(
            change,
            telling.ForCustomer,
            change.Reason is { } reason ? prose.Because(reason, telling.ForCustomer) : "",
            change.Target is { } target ? prose.Counted(language.Say(Amount.Of(target)), change.Hours == TermHours.AroundTheClock) : "",
            language.Say(Amount.Of(change.Used ?? Duration.Zero)),
            Date(change.DueAt), Date(change.PromisedAt), Date(change.Before),
            change.DueAt is not null,
            change.PromisedAt is not null && change.PromisedAt != change.DueAt,
            change.Before is not null);
    }
}
