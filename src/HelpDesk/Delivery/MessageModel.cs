namespace HelpDesk.Delivery;

/// <summary>
/// Everything a letter's template may say, under the names it says it by (<c>{{customerName}}</c>). Dates come as words, made by <see cref="DateWords"/>. What
/// belongs on one line is held to one line, so that a name cannot pretend to be a paragraph of ours.
/// </summary>
internal sealed class MessageModel
{
    [Placeholder("What the customer is called.", "Ada")]
    public string? CustomerName { get; init => field = value is null ? null : SingleLine.Of(value).Trim(); }

    [Placeholder("The ticket's number.", "42")]
    public required long TicketNumber { get; init; }

    [Placeholder("The ticket's subject.", "Printer on fire")]
    public required string Subject { get; init => field = SingleLine.Of(value); }

    [Placeholder("How the desk signs: Desk:Name.", "HelpDesk")]
    public required string DeskName { get; init => field = SingleLine.Of(value); }

    [Placeholder("The number of the customer's other ticket, under which this one goes on.", "7", Only = [MessageKind.Merged])]
    public long? ContinuesAs { get; init; }

    [Placeholder("Where the customer can follow the ticket.", "https://desk.example.com/t/0123456789abcdef", IsAddress = true)]
    public string? PublicUrl { get; init => field = value is null ? null : SingleLine.Of(value); }

    [Placeholder("The promises that the message speaks of.")]
    public IReadOnlyList<MessageItem> Items { get; init; } = [];

    [Placeholder("Why it takes longer, or took too long: the ticket's reason; in follow-ups and recoveries, where it has none, the newest advisory that covers it.", "We are waiting for a spare part.")]
    public string? Reason { get; init; }

    [Placeholder("What the desk does to make up for a broken promise: the policy's remedy.", "The next hour of support is on us.", Only = [MessageKind.Recovery])]
    public string? Remedy { get; init; }

    /// <summary>An agent's words: the whole of a <see cref="MessageKind.Reply"/>, a remark in the others.</summary>
    [Placeholder("The agent's words.", "We have ordered the part.", Only = [MessageKind.Reply, MessageKind.Resolution, MessageKind.Remedy], MustBeSaid = true)]
    public string? Body { get; init; }

    [Placeholder("What a paused ticket waits for: the ticket's reason.", "We are waiting for a spare part.", Only = [MessageKind.Paused])]
    public string? WaitingFor { get; init; }

    [Placeholder("True: a paused ticket waits for the customer; false: for somebody else.", Only = [MessageKind.Paused])]
    public bool WaitsForCustomer { get; init; }

    [Placeholder("Who has been called in where no new date is promised: the assignee's name, else those of the queue's leads.", "Liisa", Only = [MessageKind.FollowUp, MessageKind.Recovery])]
    public string? CalledIn { get; init => field = value is null ? null : SingleLine.Of(value); }

    [Placeholder("True: people should have been called in, and there was nobody; calledIn is then missing.", Only = [MessageKind.FollowUp, MessageKind.Recovery])]
    public bool NobodyCalledIn { get; init; }

    [Placeholder("Whether any of the promises has a new date.", Only = [MessageKind.FollowUp, MessageKind.Recovery])]
    public bool HasNewDate => Items.Any(item => item.NewDate is not null);

    [Placeholder("Whether any of the promises is left without a new date.", Only = [MessageKind.FollowUp, MessageKind.Recovery])]
    public bool LacksNewDate => Items.Any(item => item.NoNewDate);
}

/// <summary>One promise in a message.</summary>
internal sealed class MessageItem
{
    /// <summary>What is promised, as the head of a list entry; see <see cref="PromiseWords.What"/>.</summary>
    [Placeholder("What is promised, as the head of a list entry.", "First answer", MustBeSaid = true, NeedNotBeSaidIn = [MessageKind.Paused, MessageKind.Resolution])]
    public required string What { get; init => field = SingleLine.Of(value); }

    [Placeholder("What was promised before.", "Monday, 2 March 2026 at 12:00 (Europe/Helsinki)")]
    public string? OldDate { get; init; }

    [Placeholder("What is promised now.", "Monday, 2 March 2026 at 13:00 (Europe/Helsinki)", MustBeSaid = true, NeedNotBeSaidIn = [MessageKind.Paused, MessageKind.Resolution])]
    public string? NewDate { get; init; }

    [Placeholder("It is said plainly that there is no new date.")]
    public bool NoNewDate { get; init; }
}
