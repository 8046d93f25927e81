using System.Text.Json;
using System.Text.Json.Nodes;

namespace HelpDesk.Dossiers;

/// <summary>
/// What is left of an event's data when a person is erased: which members changed, and of those that cannot be personal, from what to what. A member that
/// is not known here goes.
/// </summary>
internal static class Redaction
{
    public const string Erased = "(erased)";

    private static readonly HashSet<string> Harmless =
    [
        "status", "priority", "channel", "queue", "category", "tags", "createdBy", "assignee", "author", "visibility", "automated", "preferredChannel", "optOut",
        "policyId", "policyVersion", "calendarId", "calendarVersion", "jobId", "requesterId", "organisationId", "customerId", "mergedId", "messageId", "messageIds", "ticketId", "ticketIds", "continuesId",
        "history", "line", "commitmentId", "promiseId", "attachmentId", "attachmentIds", "linkId", "into", "tickets", "fromId", "intoId", "moved", "mergedIntoId",
    ];

    public static JsonObject Of(JsonObject data)
    {
        var left = new JsonObject();
        foreach (var (member, value) in data)
        {
            left[member] = member == "changes" && value is JsonObject changes ? OfChanges(changes)
                : value is null ? null
                : Harmless.Contains(member) && value is JsonValue or JsonArray ? value.DeepClone()
                // Of the same type as before, as whoever follows the feed expects it.
                : value.GetValueKind() switch
                {
                    JsonValueKind.Object => new JsonObject(),
                    JsonValueKind.Array => new JsonArray(),
                    JsonValueKind.String => Erased,
                    _ => value.DeepClone(),
                };
        }

        return left;
    }

    private static JsonObject OfChanges(JsonObject changes)
    {
        var left = new JsonObject();
        foreach (var (member, value) in changes)
        {
            left[member] = Harmless.Contains(member) ? value?.DeepClone()
                : value is JsonObject fromTo ? new JsonObject(fromTo.Select(side => KeyValuePair.Create(side.Key, side.Value is null ? null : (JsonNode?)Erased)))
                : Erased;
        }

        return left;
    }
}
