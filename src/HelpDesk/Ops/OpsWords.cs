using HelpDesk.Web.Pages;

namespace HelpDesk.Ops;

/// <summary>What the operators' view says in one language.</summary>
public sealed record OpsWords
{
    public required string Title { get; init; }

    public required string SignIn { get; init; }

    public required string SignInText { get; init; }

    public required string Key { get; init; }

    public required string KeyHint { get; init; }

    public required string BadKey { get; init; }

    public required string NotAdmin { get; init; }

    /// <summary>Of seconds to wait.</summary>
    public required Func<int, string> TooManyKeys { get; init; }

    public required IssuerWords Issuer { get; init; }

    public required string SignOut { get; init; }

    /// <summary>What a lead is told where something is not for her.</summary>
    public required NoticeWords Closed { get; init; }

    /// <summary>Of whose key it is.</summary>
    public required Func<string, string> SignedInAs { get; init; }

    /// <summary>Of a time and a zone.</summary>
    public required string StandsStill { get; init; }

    public required Func<string, string, string> AsOf { get; init; }

    public required string Paused { get; init; }

    public required string Away { get; init; }

    public required string Back { get; init; }

    public required string Next { get; init; }

    public required FilterWords Filter { get; init; }

    public required PromiseListWords Due { get; init; }

    public required PromiseListWords Overdue { get; init; }

    public required PromiseListWords AtRisk { get; init; }

    public required PromiseTableWords Promises { get; init; }

    public required DeliveryWords Deliveries { get; init; }

    public required LongWorkWords Work { get; init; }

    public required JobWords Jobs { get; init; }

    /// <summary>Of a feed of holidays and its calendar; since when follows, and why.</summary>
    public required Func<string, string, string> FeedFails { get; init; }

    public required string Swagger { get; init; }

    /// <summary>Of how many there are: the link to the whole list.</summary>
    public required Func<string, string> All { get; init; }

    public required string More { get; init; }

    /// <summary>From Monday on.</summary>
    public required IReadOnlyList<string> Days { get; init; }

    public required IReadOnlyList<string> Months { get; init; }

    public required (string Day, string Hour, string Minute) Units { get; init; }

    public required string Second { get; init; }

    public required string JustNow { get; init; }

    public required Func<string, string> In { get; init; }

    public required Func<string, string> Ago { get; init; }

    public static OpsWords Of(PageLanguage language) => language.Of(OpsEnglish.Words, OpsFinnish.Words, OpsTurkish.Words);

    /// <param name="hours">How far the board looks ahead.</param>
    public (string Title, string Text, string Empty) List(PromiseShelf shelf, int hours) => shelf switch
    {
        PromiseShelf.Due => (Due.Title, Due.Text(hours), Due.Empty(hours)),
        PromiseShelf.Overdue => (Overdue.Title, Overdue.Text(hours), Overdue.Empty(hours)),
        _ => (AtRisk.Title, AtRisk.Text(hours), AtRisk.Empty(hours)),
    };
}

/// <summary>What is said of a sign-in at the issuer.</summary>
/// <param name="SignIn">The button that leads there.</param>
/// <param name="Or">Before the form for a key.</param>
/// <param name="Unknown">The browser comes back from a way that it did not set out on, or set out on too long ago.</param>
/// <param name="Denied">The issuer did not let the person in, or she changed her mind.</param>
/// <param name="Refused">What came back does not hold.</param>
/// <param name="NotAdmin">Who it is is known, but she may see none of this.</param>
/// <param name="Away">The issuer cannot be asked.</param>
/// <param name="GoOn">The link that a browser follows of itself.</param>
public sealed record IssuerWords(string SignIn, string Or, string Unknown, string Denied, string Refused, string NotAdmin, string Away, string Done, string GoOn);

/// <param name="Label">Names the form.</param>
/// <param name="Window">How far ahead.</param>
/// <param name="Hours">Of a number.</param>
public sealed record FilterWords(string Label, string Window, Func<int, string> Hours, string Queue, string Priority, string Assignee, string Unassigned, string Kind, string Any, string Apply, string Reset);

/// <summary>Its words of the hours that the board looks ahead.</summary>
/// <param name="Empty">When nothing is in it.</param>
/// <param name="Filtered">When the filters leave nothing in it.</param>
public sealed record PromiseListWords(string Title, Func<int, string> Text, Func<int, string> Empty, string Filtered);

/// <param name="Kinds">In the order of the kinds.</param>
/// <param name="Priorities">From low to urgent.</param>
public sealed record PromiseTableWords(
    string Ticket, string What, string Promised, string Lapsed, string Stands, string NoDate, string Queue, string Assignee, string NoQueue, string Nobody, string AtRisk,
    IReadOnlyList<string> Kinds, IReadOnlyList<string> Priorities);
