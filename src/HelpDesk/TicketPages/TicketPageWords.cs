using HelpDesk.Deadlines;
using HelpDesk.Web.Pages;

namespace HelpDesk.TicketPages;

/// <summary>What a ticket's page says in one language. One file per language.</summary>
public abstract class TicketPageWords
{
    private static readonly TicketPageWords InEnglish = new EnglishPage();
    private static readonly TicketPageWords InFinnish = new FinnishPage();
    private static readonly TicketPageWords InTurkish = new TurkishPage();

    public static TicketPageWords Of(PageLanguage language) => language.Of(InEnglish, InFinnish, InTurkish);

    public abstract string Number(long number);

    public abstract string Continues(long number);

    /// <summary>What the status is called, and what it means for her.</summary>
    public abstract (string Label, string Text) Status(TicketStatus status);

    public abstract string Why { get; }

    public abstract string Zone(string zone);

    public abstract string PromisesTitle { get; }

    public abstract string NoPromises { get; }

    /// <summary>Stands before the date of a promise.</summary>
    public abstract string By { get; }

    /// <summary>The promised date has passed, and it is still owed.</summary>
    public abstract string Overdue { get; }

    /// <summary>It was late before and is promised anew.</summary>
    public abstract string PromisedAnew { get; }

    public abstract string PausedForReader { get; }

    public abstract string PausedForOthers { get; }

    /// <summary>Nothing new is promised after a date was missed.</summary>
    public abstract string NoNewDate { get; }

    public abstract string SorryTitle { get; }

    public abstract string Sorry(string what, string date);

    public abstract string SorryReason { get; }

    public abstract string Remedy { get; }

    public abstract string HistoryTitle { get; }

    public abstract (string What, string By, string Told, string Outcome) HistoryHeads { get; }

    public abstract string Outcome(PromiseOutcome outcome);

    /// <summary>Why a promise was withdrawn.</summary>
    public abstract string Withdrawn(Withdrawal why);

    public abstract string ConversationTitle { get; }

    public abstract string NoMessages { get; }

    public abstract string Earlier { get; }

    public abstract string Reader { get; }

    public abstract string Automatic { get; }

    public abstract string Files { get; }

    public abstract string FormTitle { get; }

    public abstract string Message { get; }

    public abstract string AddFiles { get; }

    public abstract string FilesHint(int most, string size);

    /// <summary>What becomes of a message on a ticket that is over; null where it is not.</summary>
    public abstract string? FormHint(TicketStatus status, bool isReopened);

    public abstract string Send { get; }

    public abstract string WasSent { get; }

    public abstract string Fault(FormFault fault);

    public abstract string CountedTitle { get; }

    public abstract string CountedText { get; }

    /// <summary>How much of whose hours was counted for one thing, and what was not.</summary>
    public abstract string Counted(string what, string since, string counted, bool aroundTheClock, string? closed, string? holiday, string? paused);

    /// <summary>Until then: "in 3 hours 20 minutes".</summary>
    public abstract Distance Ahead { get; }

    /// <summary>Since then: "3 hours 20 minutes ago".</summary>
    public abstract Distance Behind { get; }

    /// <summary>A date that lies ahead, or behind.</summary>
    public string Away(Duration away) => away >= Duration.Zero ? Ahead.Of(away) : Behind.Of(-away);

    /// <summary>"27 hours 20 minutes": what was counted, or was not.</summary>
    public string Amount(Duration amount) => Behind.Hours(amount);
}

/// <summary>Why a promise was withdrawn.</summary>
public enum Withdrawal
{
    /// <summary>The clock stood still.</summary>
    Paused,

    /// <summary>What was promised was owed no more.</summary>
    Ended,

    /// <summary>Another date took its place.</summary>
    Replaced,
}
