using HelpDesk.Web.Settings;

namespace HelpDesk.Attachments;

/// <summary>Which files are taken, and where their bytes lie.</summary>
internal sealed record AttachmentOptions
{
    private static readonly Whole OneFile = new("Attachments:MaxBytes", 1, 2048 * Whole.Mebibyte, 25 * Whole.Mebibyte, "the most that one file may have, in bytes, inclusive");

    private static readonly Whole OneUpload = new(
        "Attachments:MaxRequestBytes", 1, 8192 * Whole.Mebibyte, 100 * Whole.Mebibyte, "the most that one upload with all its files may have, in bytes; not less than `Attachments:MaxBytes`");

    private static readonly Whole OneTicket = new("Attachments:MaxPerTicket", 1, 100_000, 100, "how many files a ticket may have");

    private static readonly Listed Taken = new(
        "Attachments:Types", "which files are taken, by what their bytes show", "media types such as `image/*,application/pdf`, separated by commas", ",", "*/*");

    private static readonly Text Place = new(
        "Attachments:Folder", "a folder that all servers share for the bytes of files", "a folder that can be written, made where it is not there", note: "none: they are in the database");

    /// <summary>Of one file, inclusive.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>Of one request, all its files and what is between them.</summary>
    public required long MaxRequestBytes { get; init; }

    public required int MaxPerTicket { get; init; }

    /// <summary>Media types that are taken, <c>image/*</c> for all of a kind.</summary>
    public required IReadOnlyList<string> Types { get; init; }

    /// <summary>Null: files lie in the database.</summary>
    public string? Folder { get; init; }

    public static AttachmentOptions Read(IConfiguration configuration)
    {
        var options = new AttachmentOptions
        {
            MaxBytes = OneFile.Read(configuration),
            MaxRequestBytes = OneUpload.Read(configuration),
            MaxPerTicket = OneTicket.Int(configuration),
            Types = [.. Taken.Read(configuration).Select(Type)],
            Folder = Place.Read(configuration),
        };
        return options.MaxRequestBytes >= options.MaxBytes ? options : throw OneUpload.Wrong($"must not be less than {OneFile.Key}, which is {options.MaxBytes}");
    }

    public bool Takes(string type) => Types.Any(taken => taken == "*/*" || taken == type || (taken.EndsWith("/*", StringComparison.Ordinal) && type.StartsWith(taken[..^1], StringComparison.Ordinal)));

    private static string Type(string text)
    {
        var parts = text.ToLowerInvariant().Split('/');
        return parts.Length == 2 && parts.All(part => part.Length > 0 && part.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$&-^_.+*".Contains(letter, StringComparison.Ordinal)))
            ? text.ToLowerInvariant()
            : throw Taken.Refuse(text);
    }
}
