namespace HelpDesk.Deadlines.Tests.Clock;

/// <summary>A ticket's history, scripted: what happened when, then the answer as of an instant. Times are those of <see cref="Days"/>.</summary>
internal sealed class Story
{
    private readonly TicketOpened opened;
    private readonly Rules? published;
    private readonly List<TicketEvent> events = [];
    private Rules? inForce;
    private Priority priority;

    private Story(Rules? rules, TicketOpened opened)
    {
        (this.opened, published, inForce, priority) = (opened, rules, rules, opened.Priority);
    }

    /// <summary>A ticket opened under these rules, by a customer's message unless told otherwise.</summary>
    public static Story Under(
        Rules? rules,
        string at = "Mon 10:00",
        Author by = Author.Customer,
        TicketStatus status = TicketStatus.New,
        Priority priority = Deadlines.Priority.Normal,
        bool message = true,
        bool automated = false) =>
        new(rules, new TicketOpened(Days.At(at), by, status, priority, message, automated));

    public Story Agent(string at, int? fulfils = null) => Then(new MessagePosted(Days.At(at), Author.Agent, Fulfils: fulfils));

    public Story Customer(string at) => Then(new MessagePosted(Days.At(at), Author.Customer));

    public Story Message(string at, Author author, Visibility visibility = Visibility.Public, bool automated = false, int? fulfils = null) =>
        Then(new MessagePosted(Days.At(at), author, visibility, automated, fulfils));

    public Story Status(string at, TicketStatus to) => Then(new StatusChanged(Days.At(at), to));

    public Story Priority(string at, Priority to)
    {
        priority = to;
        return Then(new Reclassified(Days.At(at), to, inForce, "priority"));
    }

    public Story Policy(string at, Rules? rules, string why = "policy")
    {
        inForce = rules;
        return Then(new Reclassified(Days.At(at), priority, rules, why));
    }

    public Story Calendar(string at, WorkingCalendar calendar) => Policy(at, inForce! with { Calendar = calendar }, "calendar");

    public Story Callback(string at, string promisedAt, string words = "I will call.") =>
        Then(new CallbackPromised(Days.At(at), Days.At(promisedAt), words));

    public Story Called(string at, int cycle = 1) => Then(new CallbackFulfilled(Days.At(at), cycle));

    public Story NotSent(string at, CommitmentKind kind, int cycle = 1) => Then(new FollowUpWithdrawn(Days.At(at), kind, cycle));

    public Story Unattended(string at) => Then(new Unattended(Days.At(at)));

    public Story Sweep(string at, Duration? gap = null, bool reachable = true) =>
        Then(new Swept(Days.At(at), gap ?? TicketHistory.DefaultMinimumGap, reachable));

    /// <summary>The answer with the clocks alone.</summary>
    public Played Until(string asOf) => TicketHistory.Play(opened, published, events, Days.At(asOf));

    /// <summary>The answer with the sweep played too: follow-ups leave, promises lapse.</summary>
    public Played FollowedUntil(string asOf, Duration? gap = null) =>
        TicketHistory.Play(opened, published, events, Days.At(asOf), gap ?? TicketHistory.DefaultMinimumGap);

    private Story Then(TicketEvent happened)
    {
        events.Add(happened);
        return this;
    }
}
