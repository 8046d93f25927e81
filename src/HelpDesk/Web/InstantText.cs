using System.Text.RegularExpressions;
using HelpDesk.Time;
using NodaTime.Text;

namespace HelpDesk.Web;

/// <summary>
/// Instants as RFC 3339 text. Written in UTC with no more digits of a second than needed, six at most. Read with any offset;
/// digits finer than a microsecond are cut off. Years 0001 to 9999.
/// </summary>
internal static partial class InstantText
{
    public const string Rule = "must be an RFC 3339 instant with an offset, for example 2026-03-02T08:00:00Z";

    private static readonly InstantPattern Written = InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss;FFFFFF'Z'");
    private static readonly OffsetDateTimePattern Read = OffsetDateTimePattern.Rfc3339;
    private static readonly Instant First = Instant.FromUtc(1, 1, 1, 0, 0);
    private static readonly Instant Last = Instant.MaxValue;

    /// <summary>Whether the instant lies within the years that can be written and read: counting may lead out of them.</summary>
    public static bool Holds(Instant instant) => instant >= First && instant <= Last;

    public static string Format(Instant instant) => Written.Format(instant);

    public static bool TryParse(string text, out Instant instant)
    {
        instant = default;
        if (!Form().IsMatch(text) || !Read.Parse(TooFine().Replace(text.ToUpperInvariant(), "")).TryGetValue(default, out var local)) return false;
        var wall = local.LocalDateTime.InUtc().ToInstant();
        var offset = Duration.FromSeconds(local.Offset.Seconds);
        // Asked first: past the ends of the calendar the subtraction would throw.
        if (wall - First < offset || Last - wall < -offset) return false;
        instant = (wall - offset).ToMicrosecond();
        return true;
    }

    /// <summary>NodaTime would also read a comma in the fraction, and 24:00; and no small letters, which RFC 3339 has.</summary>
    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt]([01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    /// <summary>Digits of a second past the ninth, which NodaTime would not read.</summary>
    [GeneratedRegex(@"(?<=T\d\d:\d\d:\d\d\.\d{9})\d+", RegexOptions.CultureInvariant)]
    private static partial Regex TooFine();
}
