using HelpDesk.Deadlines;

namespace HelpDesk.TicketPages;

internal sealed class EnglishPage : TicketPageWords
{
    public override string Number(long number) => $"Request no. {number}";

    public override string Continues(long number) => $"Continues your request no. {number}";

    public override (string Label, string Text) Status(TicketStatus status) => status switch
    {
        TicketStatus.New => ("Received", "We have your request, and nobody has answered it yet."),
        TicketStatus.Open => ("In progress", "We are working on it."),
        TicketStatus.WaitingOnCustomer => ("Waiting for you", "We need something from you before we can go on. You can answer below."),
        TicketStatus.OnHold => ("On hold", "We are waiting for somebody else before we can go on."),
        TicketStatus.Resolved => ("Resolved", "We believe this is done. If it is not, tell us below."),
        _ => ("Closed", "This request is closed."),
    };

    public override string Why => "Why";

    public override string Zone(string zone) => $"All times are in the time zone {zone}.";

    public override string PromisesTitle => "What we promise you";

    public override string NoPromises => "There is nothing that we owe you at the moment.";

    public override string By => "by";

    public override string Overdue => "We promised this and have not done it. It is still owed to you.";

    public override string PromisedAnew => "We missed an earlier date; this one is new.";

    public override string PausedForReader => "No date for now: we are waiting for you. The time that is left goes on when you have answered.";

    public override string PausedForOthers => "No date for now: we are waiting for somebody else. You will hear from us when we go on.";

    public override string NoNewDate => "There is no new date yet.";

    public override string SorryTitle => "We are sorry";

    public override string Sorry(string what, string date) => $"{what}: promised by {date}, and we did not keep it.";

    public override string SorryReason => "The reason";

    public override string Remedy => "To make up for it";

    public override string HistoryTitle => "Every promise so far";

    public override (string What, string By, string Told, string Outcome) HistoryHeads => ("What", "Promised by", "Said on", "How it ended");

    public override string Outcome(PromiseOutcome outcome) => outcome switch
    {
        PromiseOutcome.Kept => "Kept",
        PromiseOutcome.Renewed => "Renewed in time: we wrote to you before the date",
        PromiseOutcome.Broken => "Broken: the date passed",
        PromiseOutcome.Withdrawn => "Withdrawn",
        _ => "Stands",
    };

    public override string Withdrawn(Withdrawal why) => why switch
    {
        Withdrawal.Paused => "Withdrawn: we had to wait",
        Withdrawal.Ended => "Withdrawn: no longer needed",
        _ => "Withdrawn: another date took its place",
    };

    public override string ConversationTitle => "Conversation";

    public override string NoMessages => "Nothing has been written yet.";

    public override string Earlier => "Earlier messages are not shown here.";

    public override string Reader => "You";

    public override string Automatic => "automatic";

    public override string Files => "Files";

    public override string FormTitle => "Write to us";

    public override string Message => "Your message";

    public override string AddFiles => "Add files";

    public override string FilesHint(int most, string size) => $"Up to {most} files, each of at most {size}.";

    public override string? FormHint(TicketStatus status, bool isReopened) => status switch
    {
        TicketStatus.Resolved when isReopened => "Your message takes this request up again.",
        TicketStatus.Resolved or TicketStatus.Closed => "Your message becomes a new request that is linked to this one.",
        _ => null,
    };

    public override string Send => "Send";

    public override string WasSent => "Thank you, your message has arrived.";

    public override string Fault(FormFault fault) => fault switch
    {
        FormFault.NoWords => "Please write something before you send it.",
        FormFault.TooManyWords => "This is longer than we can take at once: please keep it below 20,000 characters.",
        FormFault.TooFast => "That was a little too fast. Please wait a minute and send it again.",
        FormFault.FileTooLarge => "One of the files is too large. Please choose the files again without it.",
        FormFault.FileType => "We cannot take files of one of these kinds. Please choose the files again without it.",
        FormFault.TooManyFiles => "These are too many files. Please choose fewer of them.",
        _ => "This page was open for too long. Please send your message once more.",
    };

    public override string CountedTitle => "How we count the time";

    public override string CountedText => "A promise is counted in the hours in which we work, unless we say otherwise. Nights, weekends, holidays and the time in which we have to wait do not count.";

    public override string Counted(string what, string since, string counted, bool aroundTheClock, string? closed, string? holiday, string? paused)
    {
        string[] left = [.. new[] { (closed, "outside our working hours"), (holiday, "of holidays"), (paused, "of waiting") }.Where(each => each.Item1 is not null).Select(each => $"{each.Item1} {each.Item2}")];
        var rest = left.Length == 0 ? "" : $" Not counted: {string.Join(", ", left)}.";
        return $"{what}: since {since} we have counted {counted} of {(aroundTheClock ? "time around the clock" : "working time")}.{rest}";
    }

    public override Distance Ahead { get; } = new("in {0}", new("day", "days"), new("hour", "hours"), new("minute", "minutes"), "less than a minute");

    public override Distance Behind { get; } = new("{0} ago", new("day", "days"), new("hour", "hours"), new("minute", "minutes"), "less than a minute");
}
