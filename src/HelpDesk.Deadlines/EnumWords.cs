namespace HelpDesk.Deadlines;

/// <summary>The words of the engine's enums, as the API and the journal write them.</summary>
public static class EnumWords
{
    /// <summary>snake_case, such as <c>waiting_on_customer</c>.</summary>
    public static string ToWord(this TicketStatus status) => status switch
    {
        TicketStatus.New => "new",
        TicketStatus.Open => "open",
        TicketStatus.WaitingOnCustomer => "waiting_on_customer",
        TicketStatus.OnHold => "on_hold",
        TicketStatus.Resolved => "resolved",
        TicketStatus.Closed => "closed",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    /// <summary>snake_case, such as <c>first_response</c>.</summary>
    public static string ToWord(this CommitmentKind kind) => kind switch
    {
        CommitmentKind.FirstResponse => "first_response",
        CommitmentKind.NextResponse => "next_response",
        CommitmentKind.Update => "update",
        CommitmentKind.Resolution => "resolution",
        CommitmentKind.Callback => "callback",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
