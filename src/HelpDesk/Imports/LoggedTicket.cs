using System.Text.Json;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Web.Json;

namespace HelpDesk.Imports;

/// <summary>
/// A ticket's history out of the log, with the words of its messages: what came before an import from what the import wrote down, the rest from what happened here. A message that came
/// over from another ticket stands at its own instant, and nothing stands before the ticket was made.
/// </summary>
internal sealed class LoggedTicket(ImportedTicket ticket)
{
    private static readonly string[] Members = ["priority", "queue", "category", "assignee", "tags"];

    private readonly Dictionary<Guid, HistoryEntry> messages = [];
    private readonly List<HistoryEntry> history = [];
    private ImportedTicket first = ticket;

    public void Add(Guid id, HistoryEntry message) => messages.Add(id, message);

    public void Add(string type, Instant at, JsonElement data)
    {
        switch (type)
        {
            case "ticket.created":
                Begin(data);
                break;
            case "ticket.imported":
                Begin(data);
                foreach (var entry in data.GetProperty("history").Deserialize<LoggedEntry[]>(JsonConventions.Options)!) Add(entry);
                break;
            case "message.created":
                Say(data.GetProperty("messageId").GetGuid());
                break;
            default:
                Change(at, data.GetProperty("changes"));
                break;
        }
    }

    private void Begin(JsonElement data) => first = first with
    {
        Status = Words<TicketStatus>(data, "status"),
        Priority = Words<Priority>(data, "priority"),
        Queue = Text(data, "queue"),
        Category = Text(data, "category"),
        Assignee = Text(data, "assignee"),
        Tags = TicketLines.Some(data.GetProperty("tags").Deserialize<string[]>()),
    };

    private void Add(LoggedEntry entry)
    {
        if (entry.MessageId is { } id) Say(id);
        else history.Add(new HistoryEntry(entry.At, entry.Type, To: entry.To, Changes: entry.Changes));
    }

    private void Say(Guid id)
    {
        if (messages.Remove(id, out var message)) history.Add(message);
    }

    /// <summary>The status changes last.</summary>
    private void Change(Instant at, JsonElement changes)
    {
        var changed = changes.EnumerateObject().Where(member => Members.Contains(member.Name)).ToDictionary(member => member.Name, member => member.Value.GetProperty("to"));
        if (changed.Count > 0) history.Add(new HistoryEntry(at, HistoryType.Change, Changes: JsonSerializer.SerializeToElement(changed).Deserialize<HistoryChanges>(JsonConventions.Options)));
        if (changes.TryGetProperty("status", out var status)) history.Add(new HistoryEntry(at, HistoryType.Status, To: Conventions.FromWord<TicketStatus>(status.GetProperty("to").GetString()!)));
    }

    public ImportedTicket Whole()
    {
        history.AddRange(messages.Values);
        return history.Count == 0 ? first : first with { History = [.. history.Select(NotBefore).OrderBy(entry => entry.At)] };
    }

    private HistoryEntry NotBefore(HistoryEntry entry) => entry.At < first.CreatedAt ? entry with { At = first.CreatedAt } : entry;

    private static T Words<T>(JsonElement data, string member)
        where T : struct, Enum => Conventions.FromWord<T>(data.GetProperty(member).GetString()!);

    private static string? Text(JsonElement data, string member) => data.GetProperty(member).GetString();
}
