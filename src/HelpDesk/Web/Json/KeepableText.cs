using System.Text.Json;

namespace HelpDesk.Web.Json;

/// <summary>Text that JSON can write and a database cannot keep: the character U+0000, and halves of characters that mean nothing alone.</summary>
internal static class KeepableText
{
    public const string NotUnicode = "must be Unicode text: it has bytes or halves of characters that mean nothing";

    private const string Nul = "must not have the character U+0000, which cannot be kept";

    public static void Check(string text, string member)
    {
        if (text.Contains('\0')) throw Refusal.Invalid(Shown(member), Nul);
    }

    /// <summary>A document inside of a document, which nobody has read yet.</summary>
    public static void Check(JsonElement element, string member)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                Check(Read(element.GetString, member), member);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var each in element.EnumerateArray()) Check(each, $"{member}[{index++}]");
                break;
            case JsonValueKind.Object:
                foreach (var each in element.EnumerateObject())
                {
                    var name = Read(() => each.Name, member);
                    Check(name, member);
                    Check(each.Value, $"{member}.{name}");
                }

                break;
        }
    }

    /// <summary>Unreadable is a refusal, and no bug.</summary>
    private static string Read(Func<string?> read, string member)
    {
        try
        {
            return read()!;
        }
        catch (InvalidOperationException)
        {
            throw Refusal.Invalid(Shown(member), NotUnicode);
        }
    }

    /// <summary>A name that cannot be kept does not name its own fault either.</summary>
    private static string Shown(string member) => member.Length == 0 ? "$" : member.Replace("\0", "\\u0000");
}
