using System.Globalization;
using HelpDesk.Web;

namespace HelpDesk.Attachments;

/// <summary><c>Attachments:*</c> of the configuration. A value that cannot be is refused at start, naming its key.</summary>
internal sealed record AttachmentOptions
{
    private const long Mebibyte = 1024 * 1024;

    /// <summary>Of one file, inclusive.</summary>
    public long MaxBytes { get; init; } = 25 * Mebibyte;

    /// <summary>Of one request, all its files and what is between them.</summary>
    public long MaxRequestBytes { get; init; } = 100 * Mebibyte;

    public int MaxPerTicket { get; init; } = 100;

    /// <summary>Media types that are taken, <c>image/*</c> for all of a kind.</summary>
    public IReadOnlyList<string> Types { get; init; } = ["*/*"];

    /// <summary>Null: files lie in the database.</summary>
    public string? Folder { get; init; }

    public static AttachmentOptions Read(IConfiguration configuration)
    {
        var options = new AttachmentOptions();
        options = options with
        {
            MaxBytes = Number(configuration, "Attachments:MaxBytes", 1, 2048 * Mebibyte, options.MaxBytes),
            MaxRequestBytes = Number(configuration, "Attachments:MaxRequestBytes", 1, 8192 * Mebibyte, options.MaxRequestBytes),
            MaxPerTicket = (int)Number(configuration, "Attachments:MaxPerTicket", 1, 100_000, options.MaxPerTicket),
            Types = Text(configuration, "Attachments:Types") is { } types ? [.. types.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Type)] : options.Types,
            Folder = Text(configuration, "Attachments:Folder"),
        };
        return options.MaxRequestBytes >= options.MaxBytes
            ? options
            : throw Wrong("Attachments:MaxRequestBytes", $"must not be less than Attachments:MaxBytes, which is {options.MaxBytes}");
    }

    public bool Takes(string type) => Types.Any(taken => taken == "*/*" || taken == type || (taken.EndsWith("/*", StringComparison.Ordinal) && type.StartsWith(taken[..^1], StringComparison.Ordinal)));

    private static string Type(string text)
    {
        var parts = text.ToLowerInvariant().Split('/');
        return parts.Length == 2 && parts.All(part => part.Length > 0 && part.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$&-^_.+*".Contains(letter, StringComparison.Ordinal)))
            ? text.ToLowerInvariant()
            : throw Wrong("Attachments:Types", $"must be media types such as 'image/*,application/pdf', not '{text}'");
    }

    private static long Number(IConfiguration configuration, string key, long least, long most, long otherwise) =>
        Text(configuration, key) is not { } text ? otherwise
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw Wrong(key, $"must be a whole number from {least} to {most}, not '{text}'");

    private static string? Text(IConfiguration configuration, string key) =>
        configuration[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static WrongConfiguration Wrong(string key, string rule) => new($"{key} {rule}.");
}
