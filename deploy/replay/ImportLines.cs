using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HelpDesk.Replay;

/// <summary>
/// Incidents as lines of an import: the same words and changes at the same instants that a replay would send to a running desk, one ticket to a line.
/// </summary>
internal static class ImportLines
{
    public const string Source = "servicenow";

    /// <summary>A line is read by people too: apostrophes stay what they are.</summary>
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task Write(IncidentLog log, TextWriter to)
    {
        foreach (var incident in log.Incidents) await to.WriteLineAsync(Of(incident).ToJsonString(Readable));
    }

    public static JsonObject Of(Incident incident)
    {
        var line = new JsonObject
        {
            ["externalSource"] = Source,
            ["externalRef"] = incident.Number,
            ["subject"] = incident.Subject,
            ["requester"] = JsonSerializer.SerializeToNode(Player.RequesterOf(incident.Caller)),
            ["createdAt"] = Instants.Text(incident.OpenedAt),
            ["channel"] = incident.Channel,
        };
        var history = new JsonArray();
        var state = "new";
        foreach (var step in Script.Of(incident))
        {
            switch (step)
            {
                case Open open:
                    if (open.Fields.Priority is { } priority) line["priority"] = priority;
                    if (open.Fields.Queue is { } queue) line["queue"] = queue;
                    if (open.Fields.Category is { } category) line["category"] = category;
                    history.Add(Message(open.At, "customer", null, "public", Player.Opening));
                    break;
                case Patch patch:
                    state = Change(history, patch, state);
                    break;
                case Say say:
                    history.Add(Message(say.At, say.Author, say.By, say.Visibility, say.Body));
                    if (say.Status is not null) history.Add(Status(say.At, state = say.Status));
                    else if (say is { Author: "agent", Visibility: "public" } && state == "new") state = "open";
                    break;
            }
        }

        line["history"] = history;
        return line;
    }

    /// <summary>The status changes last. Who takes a new ticket opens it, as on the desk.</summary>
    private static string Change(JsonArray history, Patch patch, string state)
    {
        var changes = patch.Members.Where(member => member.Key != "status").ToList();
        if (changes.Count > 0)
        {
            history.Add(new JsonObject
            {
                ["at"] = Instants.Text(patch.At), ["type"] = "change", ["changes"] = new JsonObject(changes.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)member.Value))),
            });
        }

        var next = patch.Members.GetValueOrDefault("status") ?? (state == "new" && patch.Members.ContainsKey("assignee") ? "open" : null);
        if (next is null) return state;
        history.Add(Status(patch.At, next));
        return next;
    }

    private static JsonObject Status(Instant at, string to) => new() { ["at"] = Instants.Text(at), ["type"] = "status", ["to"] = to };

    private static JsonObject Message(Instant at, string author, string? by, string visibility, string body)
    {
        var message = new JsonObject { ["at"] = Instants.Text(at), ["type"] = "message", ["author"] = author };
        if (by is not null) message["authorId"] = by;
        if (visibility != "public") message["visibility"] = visibility;
        message["body"] = body;
        return message;
    }
}
