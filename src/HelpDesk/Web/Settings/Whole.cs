using System.Globalization;

namespace HelpDesk.Web.Settings;

/// <summary>A whole number; both bounds may be.</summary>
/// <param name="otherwise">Null where nothing holds without it: then <paramref name="note"/> says so.</param>
internal sealed class Whole(string key, long least, long most, long? otherwise, string meaning, string? note = null) : Setting<long>(key, meaning)
{
    public const long Mebibyte = 1024 * 1024;

    public override string Values => string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}");

    public override string? Default => otherwise?.ToString(CultureInfo.InvariantCulture);

    public override string? Note => note ?? (otherwise is >= Mebibyte and var bytes ? Size(bytes) : null);

    /// <summary>The same of one member of a family of keys.</summary>
    public Whole Of(string one) => new(one, least, most, otherwise, Meaning, note);

    public override long Read(IConfiguration configuration) => ReadOrNull(configuration) ?? otherwise ?? throw new InvalidOperationException($"{Key} has no default.");

    public int Int(IConfiguration configuration) => checked((int)Read(configuration));

    public long? ReadOrNull(IConfiguration configuration) =>
        Given(configuration) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw Refuse(text);

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{(bytes >= 1024 * Mebibyte ? bytes / 1024 : bytes) / Mebibyte} {(bytes >= 1024 * Mebibyte ? "GiB" : "MiB")}");
}
