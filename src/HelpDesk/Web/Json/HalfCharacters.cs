using System.Text.Json.Nodes;

namespace HelpDesk.Web.Json;

/// <summary>Half of a surrogate pair, written as an escape, gets through the parser and fails when it is read: here is where it stands.</summary>
internal static class HalfCharacters
{
    public static Refusal Refuse(JsonObject document) =>
        Refusal.Invalid(Path(document, "") ?? "$", "must be Unicode text: it has bytes or halves of characters that mean nothing");

    /// <summary>The innermost member of an object whose value cannot be read; null where all can.</summary>
    private static string? Path(JsonObject document, string within)
    {
        foreach (var (member, value) in document.Where(member => !CanBeRead(member.Value)))
        {
            var path = within.Length == 0 ? member : $"{within}.{member}";
            return value is JsonObject inner ? Path(inner, path) ?? path : path;
        }

        return null;
    }

    private static bool CanBeRead(JsonNode? node)
    {
        try
        {
            return node?.ToJsonString() is not "";
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
