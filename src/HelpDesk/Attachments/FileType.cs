using System.Text;

namespace HelpDesk.Attachments;

/// <summary>What a file is by its bytes. A sender's word counts only where bytes cannot tell: which kind of text, which kind of office document.</summary>
internal static class FileType
{
    /// <summary>So many of the first bytes must be known.</summary>
    public const int HeadBytes = 512;

    public const string Unknown = "application/octet-stream";

    private const string Zip = "application/zip";
    private const string Ole = "application/x-ole-storage";

    private static readonly (int At, byte[] Bytes, string Type)[] Signatures =
    [
        (0, [0x89, .. "PNG\r\n\u001a\n"u8], "image/png"),
        (0, [0xFF, 0xD8, 0xFF], "image/jpeg"),
        (0, [.. "GIF87a"u8], "image/gif"),
        (0, [.. "GIF89a"u8], "image/gif"),
        (8, [.. "WEBP"u8], "image/webp"),
        (0, [.. "II*\0"u8], "image/tiff"),
        (0, [.. "MM\0*"u8], "image/tiff"),
        (4, [.. "ftypheic"u8], "image/heic"),
        (4, [.. "ftypavif"u8], "image/avif"),
        (4, [.. "ftyp"u8], "video/mp4"),
        (8, [.. "WAVE"u8], "audio/wav"),
        (0, [.. "OggS"u8], "audio/ogg"),
        (0, [.. "ID3"u8], "audio/mpeg"),
        (0, [.. "%PDF-"u8], "application/pdf"),
        (0, [.. "PK\u0003\u0004"u8], Zip),
        (0, [.. "PK\u0005\u0006"u8], Zip),
        (0, [0x1F, 0x8B], "application/gzip"),
        (0, [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], "application/x-7z-compressed"),
        (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], Ole),
    ];

    private static readonly string[] Texts = ["text/plain", "text/csv", "text/markdown", "text/calendar", "application/json", "message/rfc822"];

    private static readonly string[] Zips = ["application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument.", "application/vnd.ms-excel.", "application/epub+zip"];

    private static readonly string[] Oles = ["application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint", "application/vnd.ms-outlook"];

    /// <summary>HTML, SVG, scripts and their kin are served as plain text: a browser must not run what a customer sent.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="isText">Whether all of it is UTF-8 without control characters.</param>
    /// <param name="declared">As its sender said, in lower case and without parameters.</param>
    public static string Of(ReadOnlySpan<byte> head, bool isText, string? declared)
    {
        foreach (var (at, bytes, type) in Signatures)
        {
            if (head.Length >= at + bytes.Length && head[at..(at + bytes.Length)].SequenceEqual(bytes)) return Closer(type, declared);
        }

        if (head.IsEmpty || !isText) return Unknown;
        return Texts.Contains(declared) ? declared! : "text/plain";
    }

    /// <summary>An office document is a zip, or OLE storage: then its sender may say which.</summary>
    private static string Closer(string type, string? declared) => declared switch
    {
        null => type,
        _ when type == Zip && Zips.Any(start => declared.StartsWith(start, StringComparison.Ordinal)) => declared,
        _ when type == Ole && Oles.Contains(declared) => declared,
        _ => type,
    };

    /// <summary>UTF-8 and no control characters but those of text: asked piece by piece.</summary>
    public sealed class TextReader
    {
        private readonly Decoder decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        private readonly char[] letters = new char[4096];
        private bool isText = true;

        public void Read(ReadOnlySpan<byte> bytes, bool last = false)
        {
            if (!isText) return;
            try
            {
                do
                {
                    decoder.Convert(bytes, letters, last, out var used, out var made, out _);
                    bytes = bytes[used..];
                    foreach (var letter in letters.AsSpan(0, made)) isText &= !char.IsControl(letter) || letter is '\t' or '\n' or '\r' or '\f' or '\u001b';
                }
                while (isText && !bytes.IsEmpty);
            }
            catch (DecoderFallbackException)
            {
                isText = false;
            }
        }

        public bool IsText => isText;
    }
}
