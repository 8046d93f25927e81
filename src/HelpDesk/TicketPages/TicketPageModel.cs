using HelpDesk.Advisories;

namespace HelpDesk.TicketPages;

/// <summary>All that a ticket's page says, in the reader's language and zone.</summary>
/// <param name="Notices">What affects many now, this ticket among them; the newest first.</param>
/// <param name="Countdown">Null where the desk's time stands still.</param>
public sealed record TicketPageModel(
    TicketPageWords Words, long Number, string Subject, PageStatus Status, string? Reason, IReadOnlyList<AdvisoryNotice> Notices, string Zone, IReadOnlyList<PagePromise> Promises, IReadOnlyList<PageApology> Apologies,
    IReadOnlyList<PastPromise> History, IReadOnlyList<PageMessage> Messages, bool IsShortened, IReadOnlyList<PageExplanation> Explanations, PageForm Form, long? Continues, Countdown? Countdown);

/// <param name="Tone">A class of the stylesheet.</param>
public sealed record PageStatus(string Label, string Text, string Tone);

/// <summary>What is owed.</summary>
/// <param name="Away">How far off the date is, in words.</param>
/// <param name="Note">What else is to be said of it.</param>
public sealed record PagePromise(string What, PageDate? By, string? Away, string? Note, string Tone);

/// <summary>An instant, for people and for programs.</summary>
public sealed record PageDate(string Text, string Iso);

public sealed record PageApology(string Title, string Text, string? Reason, string? Remedy);

/// <param name="Told">When it was said.</param>
/// <param name="Why">The reason that was told with it; null where none was.</param>
/// <param name="Tone">A class of the stylesheet.</param>
public sealed record PastPromise(string What, PageDate By, PageDate Told, string Outcome, string Tone, string? Why);

/// <param name="Counted">Where the time went, in a sentence.</param>
/// <param name="Steps">What happened, the oldest first.</param>
public sealed record PageExplanation(string Counted, IReadOnlyList<PageStep> Steps);

public sealed record PageStep(PageDate At, string Text);

public sealed record PageMessage(string Author, bool IsReaders, string? Mark, PageDate At, IReadOnlyList<TextPart> Body, IReadOnlyList<PageFile> Files);

public sealed record PageFile(string Name, string Size, string Address);

/// <summary>What she writes, and what was amiss with it.</summary>
public sealed record PageForm(string Action, string Key, string Proof, string? Hint, string FilesHint)
{
    public string Body { get; init; } = "";

    public FormFault? Fault { get; init; }

    public bool WasSent { get; init; }

    public bool IsFaultOfFiles => Fault is FormFault.FileTooLarge or FormFault.FileType or FormFault.TooManyFiles;
}

/// <summary>Why a message was not taken.</summary>
public enum FormFault
{
    Stale,
    NoWords,
    TooManyWords,
    TooFast,
    FileTooLarge,
    FileType,
    TooManyFiles,
}
