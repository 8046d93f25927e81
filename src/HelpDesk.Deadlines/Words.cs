namespace HelpDesk.Deadlines;

/// <summary>What a commitment obliges the desk to do.</summary>
public enum CommitmentKind
{
    /// <summary>The first public answer of a human agent. Runs from the ticket's creation.</summary>
    FirstResponse,

    /// <summary>The next public answer of a human agent. Runs from the customer's oldest unanswered public message.</summary>
    NextResponse,

    /// <summary>Never silent for longer than the term while the matter is open. Runs from each public agent message.</summary>
    Update,

    /// <summary>The matter resolved. Runs from the ticket's creation, and again from each reopening.</summary>
    Resolution,

    /// <summary>An agent's own promise ("I will call by Tuesday 15:00"), counted around the clock.</summary>
    Callback,
}

/// <summary>How a commitment stands at an instant.</summary>
public enum CommitmentState
{
    /// <summary>Owed, and its promise has not lapsed.</summary>
    Running,

    /// <summary>Owed, and its clock stands still. Outranks <see cref="Overdue"/>.</summary>
    Paused,

    /// <summary>Lapsed and still owed.</summary>
    Overdue,

    /// <summary>Fulfilled, and none of its promises was broken.</summary>
    Kept,

    /// <summary>Fulfilled after one of its promises was broken, or given up after a lapse.</summary>
    Broken,

    /// <summary>Ended without having been fulfilled or lapsed.</summary>
    Cancelled,
}

/// <summary>How a promise ended.</summary>
public enum PromiseOutcome
{
    /// <summary>It stands.</summary>
    Open,

    /// <summary>The obligation was met at or before the promised instant.</summary>
    Kept,

    /// <summary>A follow-up replaced it before it lapsed.</summary>
    Renewed,

    /// <summary>It lapsed: the promised instant passed with the obligation open.</summary>
    Broken,

    /// <summary>It was paused, cancelled, or replaced by an earlier one.</summary>
    Withdrawn,
}

/// <summary>Who or what made a promise.</summary>
public enum PromiseMaker
{
    /// <summary>The published policy.</summary>
    Policy,

    /// <summary>An agent, in person.</summary>
    Agent,

    /// <summary>A follow-up, before the promise it replaces lapsed.</summary>
    FollowUp,

    /// <summary>A recovery, after a lapse.</summary>
    Recovery,
}

/// <summary>Where a ticket stands.</summary>
public enum TicketStatus
{
    /// <summary>No agent has replied or taken it.</summary>
    New,

    /// <summary>Being worked on.</summary>
    Open,

    /// <summary>The desk waits for the customer.</summary>
    WaitingOnCustomer,

    /// <summary>The desk waits for somebody else.</summary>
    OnHold,

    /// <summary>The matter is resolved; a message within the reopening window opens it again.</summary>
    Resolved,

    /// <summary>Over for good; a further message opens a new, linked ticket.</summary>
    Closed,
}

/// <summary>How pressing a ticket is.</summary>
public enum Priority
{
    /// <summary>Can wait.</summary>
    Low,

    /// <summary>The usual.</summary>
    Normal,

    /// <summary>Presses.</summary>
    High,

    /// <summary>Now.</summary>
    Urgent,
}

/// <summary>Who wrote a message.</summary>
public enum Author
{
    /// <summary>The customer.</summary>
    Customer,

    /// <summary>A human agent.</summary>
    Agent,

    /// <summary>The desk itself; never counts as an answer.</summary>
    System,
}

/// <summary>Who may read a message.</summary>
public enum Visibility
{
    /// <summary>The customer and the desk.</summary>
    Public,

    /// <summary>The desk alone; never counts as an answer.</summary>
    Internal,
}

/// <summary>Which hours a term is counted in.</summary>
public enum TermHours
{
    /// <summary>The open time of the policy's calendar.</summary>
    Working,

    /// <summary>All time.</summary>
    AroundTheClock,
}
