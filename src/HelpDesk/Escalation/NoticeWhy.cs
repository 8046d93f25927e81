namespace HelpDesk.Escalation;

/// <summary>Why somebody of the desk is told of a promise. Each language has a sentence for it.</summary>
internal enum NoticeWhy
{
    /// <summary>A step of the ladder, before the promise lapses.</summary>
    ComingUp,

    /// <summary>A step of the ladder, of a promise that has lapsed.</summary>
    Lapsed,

    /// <summary>The customer was told before the lapse that the date may not hold: past the cap on renewals.</summary>
    PutOff,

    /// <summary>The customer got an apology without a new date: past the cap on renewals.</summary>
    GivenUp,

    /// <summary>A follow-up was due, and there is nobody to reach.</summary>
    Unreachable,

    /// <summary>A promise lapsed, and there is nobody to reach.</summary>
    NotTold,

    /// <summary>An agent's own promise comes up, and the customer will soon be written to.</summary>
    Callback,

    /// <summary>A step of the ladder gave the ticket to this agent.</summary>
    Assigned,
}
