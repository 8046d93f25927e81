using HelpDesk.Commitments;
using HelpDesk.Deadlines;
using HelpDesk.Web;

namespace HelpDesk.Rehearsals;

/// <summary>Makes the engine's events of what the log says of a ticket.</summary>
internal sealed class RealTicketBuilder(long id, Instant createdAt, Author createdBy, TicketStatus first, bool isMerged, QuietHours? quiet)
{
    private const string Desk = "desk";

    private readonly List<TicketEvent> events = [];
    private LoggedEvent? created;
    private LoggedEvent? opening;
    private string? skip = isMerged ? "merged" : null;

    public Dictionary<(CommitmentKind Kind, int Cycle), Verdict> Verdicts { get; } = [];

    public void Add(LoggedEvent happened)
    {
        switch (happened.Type)
        {
            case "ticket.created":
                created = happened;
                break;
            case "ticket.imported":
                created = happened;
                foreach (var (index, entry) in happened.Past.Index()) Add(entry, isFirst: index == 0);
                break;
            // Messages went from one ticket to another: neither has a history of its own any more.
            case "ticket.merged":
                skip ??= "merged";
                break;
            case "ticket.split":
                skip ??= "split";
                break;
            case "message.created" when events.Count == 0 && opening is null && happened.Transaction == created?.Transaction:
                opening = happened;
                break;
            case "message.created" when happened is { Author: { } author, Visibility: { } visibility }:
                events.Add(new MessagePosted(At(happened), author, visibility, happened.Automated));
                break;
            default:
                Changed(happened);
                break;
        }
    }

    private void Add(PastEntry entry, bool isFirst)
    {
        if (entry is { Type: "message", Author: { } author, Visibility: { } visibility })
        {
            if (isFirst && entry.At == createdAt && author == createdBy && visibility == Visibility.Public) opening = created! with { Automated = entry.Automated };
            else events.Add(new MessagePosted(entry.At, author, visibility, entry.Automated));
        }

        if (entry.To is { } status) events.Add(new StatusChanged(entry.At, status));
        if (entry.Changes is { } changes && changes.TryGetProperty("priority", out var word)) events.Add(new Reclassified(entry.At, Words<Priority>.From(word.GetString()!), null, "priority"));
    }

    private void Changed(LoggedEvent happened)
    {
        // What the desk's own ladder did was of the policy there was; the one that is tried has a ladder of its own.
        if (happened.NewPriority is { } other && happened.Actor != Desk) events.Add(new Reclassified(At(happened), other, null, "priority"));
        if (happened.NewStatus is { } status) events.Add(new StatusChanged(At(happened), status));
    }

    /// <summary>A machine's clock may have been set back: what comes later in the log came later.</summary>
    private Instant At(LoggedEvent happened) => Instant.Max(happened.At, events.Count > 0 ? events[^1].At : createdAt);

    public RealTicket Build()
    {
        var opened = new TicketOpened(createdAt, createdBy, first, created?.Priority ?? Priority.Normal, opening is not null, opening?.Automated ?? false);
        return new RealTicket(id, opened, quiet, events, skip ?? (created is null ? "no_history" : null), Verdicts);
    }
}
