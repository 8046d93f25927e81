using HelpDesk.Deadlines;
using HelpDesk.Delivery;

namespace HelpDesk.Catalogue.Words;

internal sealed class EnglishCatalogue : CatalogueWords
{
    public override Language Language { get; } = new English();

    protected override string AlwaysOpen => "Always open";

    protected override string AllDay => "all day";

    protected override string And => "and";

    protected override string ClosedOn => "closed";

    protected override string ClosedForHoliday => "closed (holiday)";

    public override string Promise(CommitmentKind kind, Duration within, TermHours hours) => kind switch
    {
        CommitmentKind.FirstResponse => $"Our first answer comes within {Counted(within, hours)}.",
        CommitmentKind.NextResponse => $"We answer each further message of yours within {Counted(within, hours)}.",
        CommitmentKind.Update => $"While your request is open, we are never silent for longer than {Counted(within, hours)}.",
        CommitmentKind.Resolution => $"You have a solution within {Counted(within, hours)}.",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No policy promises this."),
    };

    private string Counted(Duration length, TermHours hours)
    {
        if (hours == TermHours.AroundTheClock) return $"{Language.Say(Amount.OfElapsed(length))}, around the clock";
        var amount = Amount.Of(length);
        return amount.Whole is (TimeUnit.Hour, _) ? Language.Say(amount, (_, count) => count == 1 ? "working hour" : "working hours") : $"{Language.Say(amount)} of working time";
    }

    public override string Name(Priority priority) => priority switch { Priority.Low => "Low", Priority.Normal => "Normal", Priority.High => "High", _ => "Urgent" };

    public override string Condition(string member) => member switch
    {
        "priority" => "Priority",
        "queue" => "Queue",
        "channel" => "Channel",
        "category" => "Category",
        "tag" => "Tag",
        "tier" => "Customer tier",
        _ => "Language",
    };

    protected override string Pauses(IReadOnlyList<string> whiles) => $"The time stands still while {Listed(whiles, "or")}.";

    protected override string While(TicketStatus status) => status switch
    {
        TicketStatus.New => "the request is new",
        TicketStatus.Open => "the request is open",
        TicketStatus.WaitingOnCustomer => "we wait for your answer",
        _ => "the request is on hold",
    };

    public override string FollowUp(bool hasNewDate) => hasNewDate
        ? "If it takes longer, we write to you before the date passes, with a new one."
        : "If it takes longer, we write to you before the date passes.";

    public override string Reopening(Duration window) => $"Write to us again within {Language.Say(Amount.OfElapsed(window))} of the solution, and we take the matter up again.";

    protected override string Day(IsoDayOfWeek day) => English.Days[(int)day - 1];

    protected override string Days(DayRun run) => $"{Day(run.From)} to {Day(run.To)}";

    protected override string Open(string days, string hours) => $"{days} {hours}";

    protected override string Closed(string days, bool isStretch) => isStretch ? $"closed {days}" : $"closed on {days}";

    protected override string OpenOn(string hours) => $"open {hours}";
}
