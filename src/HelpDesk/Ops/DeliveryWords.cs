using HelpDesk.Delivery;

namespace HelpDesk.Ops;

/// <summary>What the operators' view says of messages.</summary>
public sealed record DeliveryWords
{
    public required string Title { get; init; }

    public required string Dead { get; init; }

    public required string DeadText { get; init; }

    public required string NoneDead { get; init; }

    public required string Failing { get; init; }

    public required string FailingText { get; init; }

    public required string NoneFailing { get; init; }

    public required string Message { get; init; }

    public required string To { get; init; }

    public required string Said { get; init; }

    public required string SaidNothing { get; init; }

    public required string Attempts { get; init; }

    public required string Next { get; init; }

    public required string GivenUp { get; init; }

    public required string Expired { get; init; }

    public required string Retry { get; init; }

    public required string RetryAll { get; init; }

    /// <summary>Of how many are due again.</summary>
    public required Func<int, string> Retried { get; init; }

    /// <summary>Of how many are left for another press.</summary>
    public required Func<int, string> Left { get; init; }

    /// <summary>Of how many cannot be tried again.</summary>
    public required Func<int, string> Refused { get; init; }

    public required string Waiting { get; init; }

    public required string NoneWaiting { get; init; }

    public required string OldestDue { get; init; }

    public required string NothingDue { get; init; }

    public required string Circuits { get; init; }

    public required string CircuitsText { get; init; }

    public required string NoCircuits { get; init; }

    public required string Probe { get; init; }

    public required string Probing { get; init; }

    /// <summary>In the order of the channels.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>In the order of the kinds.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    public string Of(DeliveryChannel channel) => Channels[(int)channel];

    public string Of(MessageKind kind) => Kinds[(int)kind];
}

/// <summary>What the operators' view says of jobs.</summary>
/// <param name="Off">Where this server runs none.</param>
/// <param name="ForLeads">At the top of the page that leads look at.</param>
/// <param name="ToJobs">The link to it.</param>
/// <param name="Failed">In place of what a job failed with.</param>
/// <param name="Asked">A run out of its turn is asked for.</param>
/// <param name="Dashboard">The link to the job engine's own pages.</param>
/// <param name="Of">What a job does, by its name.</param>
public sealed record JobWords(
    string Title, string Text, string Off, string ForLeads, string ToJobs, string Failed, string Job, string Where, string Here, string Once, string Every, string Last, string Took, string Outcome, string Next, string NotYet,
    string Fine, string Paused, string Asked, string Dashboard, Func<int, string> Did, IReadOnlyDictionary<string, string> Of);
