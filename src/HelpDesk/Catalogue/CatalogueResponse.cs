using HelpDesk.Deadlines;
using HelpDesk.Policies;
using HelpDesk.Web;

namespace HelpDesk.Catalogue;

/// <summary>What the desk promises, as it is published: sentences in one language, and beside them what machines read.</summary>
/// <param name="Language">The language of the sentences: en, tr or fi. Names and descriptions are as the desk wrote them. Example: "en".</param>
/// <param name="Policies">The published policies, in the order they are tried: the first that covers a request applies to it.</param>
public sealed record CatalogueResponse(string Language, IReadOnlyList<CataloguePolicy> Policies);

/// <summary>What is promised to the requests that one policy covers.</summary>
/// <param name="Id">Names the policy.</param>
/// <param name="Version">Raised by every change of what it says.</param>
/// <param name="Name">Its name. Example: "Gold customers".</param>
/// <param name="Description">What it is about.</param>
/// <param name="When">Which requests it covers. A member that is not there matches all; values within a member are alternatives.</param>
/// <param name="Covers">The same as lines to be read. Example: ["Priority: High, Urgent"].</param>
/// <param name="Terms">What is promised, one entry per kind.</param>
/// <param name="Hours">The hours that count as working time.</param>
/// <param name="FollowUp">What happens when it takes longer. Example: "If it takes longer, we write to you before the date passes, with a new one.".</param>
/// <param name="ReopenWindow">How long after the solution, in elapsed time, a message takes the matter up again. Example: "P14D".</param>
/// <param name="Reopening">The same in a sentence; null where there is no such time.</param>
public sealed record CataloguePolicy(
    Guid Id,
    int Version,
    string Name,
    string? Description,
    PolicyConditions When,
    IReadOnlyList<string> Covers,
    IReadOnlyList<CatalogueTerm> Terms,
    CatalogueHours Hours,
    string FollowUp,
    IsoDuration ReopenWindow,
    string? Reopening);

/// <summary>What is promised of one kind.</summary>
/// <param name="Kind">first_response, next_response, update or resolution.</param>
/// <param name="Name">The kind's name. Example: "First answer".</param>
/// <param name="Promise">How long it takes at most, as customers are promised it. Example: "PT2H".</param>
/// <param name="Hours">working: counted in the hours below; around_the_clock: in all.</param>
/// <param name="Words">The promise in a sentence. Example: "Our first answer comes within 2 working hours.".</param>
/// <param name="PausesIn">Statuses in which the time stands still.</param>
/// <param name="Pauses">The same in a sentence; null where there are none.</param>
/// <param name="ByPriority">What differs for a priority, among those that the policy covers.</param>
public sealed record CatalogueTerm(
    CommitmentKind Kind,
    string Name,
    IsoDuration Promise,
    TermHours Hours,
    string Words,
    IReadOnlyList<TicketStatus> PausesIn,
    string? Pauses,
    IReadOnlyList<CatalogueDifference> ByPriority);

/// <summary>What is promised of a kind for one priority.</summary>
/// <param name="Priority">The priority.</param>
/// <param name="Name">Its name. Example: "Urgent".</param>
/// <param name="Promise">How long it takes at most. Example: "PT30M".</param>
/// <param name="Hours">working or around_the_clock.</param>
/// <param name="Words">The promise in a sentence.</param>
/// <param name="PausesIn">Statuses in which the time stands still.</param>
/// <param name="Pauses">The same in a sentence; null where there are none.</param>
public sealed record CatalogueDifference(
    Priority Priority, string Name, IsoDuration Promise, TermHours Hours, string Words, IReadOnlyList<TicketStatus> PausesIn, string? Pauses);

/// <summary>Opening hours.</summary>
/// <param name="TimeZone">The IANA time zone they are in. Example: "Europe/Helsinki".</param>
/// <param name="Week">Windows of local wall time per weekday, mon to sun; a day that is not there is closed.</param>
/// <param name="Words">The week in words. Example: "Monday to Friday 09:00–17:00; closed on Saturday and Sunday".</param>
/// <param name="Ahead">The next ten days within a year that differ from the week.</param>
public sealed record CatalogueHours(string TimeZone, IReadOnlyDictionary<string, string[][]> Week, string Words, IReadOnlyList<CatalogueDay> Ahead);

/// <summary>A day that differs from the week.</summary>
/// <param name="Date">The local date. Example: "2026-12-25".</param>
/// <param name="IsHoliday">Whether it is a holiday.</param>
/// <param name="Windows">Its windows; none: closed.</param>
/// <param name="Words">The same in words. Example: "Friday, 25 December 2026: closed (holiday)".</param>
public sealed record CatalogueDay(string Date, bool IsHoliday, string[][] Windows, string Words);
