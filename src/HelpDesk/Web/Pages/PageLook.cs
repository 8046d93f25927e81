using System.Xml;
using HelpDesk.Web.Settings;

namespace HelpDesk.Web.Pages;

/// <summary>How the desk's pages look: its name, its theme, its logo.</summary>
/// <param name="Logo">With its media type; null where there is none.</param>
internal sealed record PageLook(string Desk, string Theme, string Icon, (byte[] Bytes, string Type)? Logo)
{
    private const int MostBytes = 256 * 1024;

    private static readonly Text Drawn = new(
        "Pages:Logo", "a picture for the head of pages, in place of `Desk:Name`, that the desk serves itself", $"a file that the desk can read: SVG, PNG, JPEG or WebP of at most {MostBytes / 1024} KiB", note: "none");

    public static PageLook Read(IConfiguration configuration)
    {
        var (theme, accent) = PageTheme.Read(configuration);
        var icon = $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="{accent}"/><path d="M9 16.5l5 5 9-11" fill="none" stroke="{Colour.Ink(accent)}" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round"/></svg>""";
        return new(Everywhere.DeskName.Read(configuration)!, theme, icon, Drawn.Read(configuration) is { } path ? Picture(path) : null);
    }

    private static (byte[] Bytes, string Type) Picture(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MostBytes) throw new WrongConfiguration($"Pages:Logo is {path}, which must have at most {MostBytes / 1024} KiB.");
            var bytes = File.ReadAllBytes(path);
            return TypeOf(bytes) is { } type ? (bytes, type) : throw new WrongConfiguration($"Pages:Logo is {path}, which must be a picture: SVG, PNG, JPEG or WebP.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new WrongConfiguration($"Pages:Logo is {path}, which must be a file that the desk can read: {error.Message}", error);
        }
    }

    /// <summary>By what is in it. An SVG is shown as a picture and opened under a policy that runs nothing.</summary>
    private static string? TypeOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith<byte>([0x89, 0x50, 0x4E, 0x47]) ? "image/png"
        : bytes.StartsWith<byte>([0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? "image/webp"
        : IsSvg(bytes.ToArray()) ? "image/svg+xml"
        : null;

    private static bool IsSvg(byte[] bytes)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes), new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
            return reader.MoveToContent() == XmlNodeType.Element && reader.LocalName == "svg";
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
