using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using HelpDesk.Time;

namespace HelpDesk.Web;

/// <summary>
/// An ISO 8601 duration of elapsed time that remembers how it was written, so that a document comes back as its author wrote it.
/// Read: weeks, days (24 hours each), hours, minutes and seconds, the smallest of those given with a fraction if need be, down to the microsecond, e.g. <c>P2W</c>,
/// <c>P1DT2H</c>, <c>PT1.5H</c>, <c>-PT0,5S</c>. Years and months have no fixed length and are refused. Written: hours as the largest unit, <c>PT40H</c>, <c>PT1H30M</c>, <c>PT0S</c>.
/// At most 10,000 years either way.
/// </summary>
public readonly partial record struct IsoDuration
{
    internal const string Form =
        "must be an ISO 8601 duration of weeks, days, hours, minutes and seconds, for example PT1H30M or P2D";

    /// <summary>No more digits come out in whole microseconds: half of a week can be halved so often.</summary>
    private const int FinestFraction = 13;

    private static readonly (string Name, decimal Microseconds)[] Units =
        [("weeks", 604_800_000_000), ("days", 86_400_000_000), ("hours", 3_600_000_000), ("minutes", 60_000_000), ("seconds", 1_000_000)];

    private const long MaxMicroseconds = 3_652_425L * 86_400 * 1_000_000;
    private readonly string? text;

    internal IsoDuration(Duration value, string text)
    {
        Value = value;
        this.text = text;
    }

    public Duration Value { get; }

    public static implicit operator IsoDuration(Duration value) => FromDuration(value);

    public static IsoDuration FromDuration(Duration value) => new(value, Format(value));

    /// <summary>As written by its author; canonical if none did.</summary>
    public override string ToString() => text ?? Format(Value);

    /// <summary>Equal in length, however written.</summary>
    public bool Equals(IsoDuration other) => Value == other.Value;

    public override int GetHashCode() => Value.GetHashCode();

    public static bool TryParse(string? text, out Duration value) => TryParse(text, out value, out _);

    /// <param name="text">The text, in capitals and without blanks.</param>
    /// <param name="value">The duration; zero when refused.</param>
    /// <param name="rule">Null when good, else the rule that the text breaks.</param>
    public static bool TryParse(string? text, out Duration value, out string? rule)
    {
        value = Duration.Zero;
        rule = null;
        var match = Pattern().Match(text ?? "");
        if (!match.Success)
        {
            rule = YearsOrMonths().IsMatch(text ?? "") ? "has years or months, which have no fixed length: use weeks, days or hours" : Form;
            return false;
        }
        var smallest = Units.Last(unit => match.Groups[unit.Name].Success);
        if (match.Groups["fraction"].Captures.Any(fraction => fraction.Index < match.Groups[smallest.Name].Index))
        {
            rule = "may have a fraction in the smallest of its units only";
            return false;
        }
        var fraction = match.Groups["fraction"].Value.TrimEnd('0');
        var rest = fraction.Length is 0 or > FinestFraction ? 0 : decimal.Parse("0." + fraction, CultureInfo.InvariantCulture) * smallest.Microseconds;
        if (fraction.Length > FinestFraction || rest != decimal.Truncate(rest))
        {
            rule = "must not be finer than a microsecond";
            return false;
        }
        var microseconds = Units.Sum(unit => match.Groups[unit.Name].Success ? decimal.Parse(match.Groups[unit.Name].Value, CultureInfo.InvariantCulture) * unit.Microseconds : 0) + rest;
        if (microseconds > MaxMicroseconds)
        {
            rule = "must not be longer than 10,000 years";
            return false;
        }
        value = Instants.FromMicroseconds(match.Groups["sign"].Length > 0 ? -(long)microseconds : (long)microseconds);
        return true;
    }

    /// <summary>Hours as the largest unit; what is finer than a microsecond is cut off.</summary>
    public static string Format(Duration value)
    {
        var microseconds = value.ToMicroseconds();
        if (microseconds == 0) return "PT0S";
        var text = new StringBuilder(microseconds < 0 ? "-PT" : "PT");
        var rest = (ulong)Math.Abs(microseconds);
        var (hours, minutes, seconds, fraction) = (rest / 3_600_000_000, rest / 60_000_000 % 60, rest / 1_000_000 % 60, rest % 1_000_000);
        if (hours > 0) text.Append(CultureInfo.InvariantCulture, $"{hours}H");
        if (minutes > 0) text.Append(CultureInfo.InvariantCulture, $"{minutes}M");
        if (fraction > 0) text.Append(CultureInfo.InvariantCulture, $"{seconds}.{fraction.ToString("D6", CultureInfo.InvariantCulture).TrimEnd('0')}S");
        else if (seconds > 0) text.Append(CultureInfo.InvariantCulture, $"{seconds}S");
        return text.ToString();
    }

    [GeneratedRegex(
        @"^(?<sign>-)?P(?=[0-9T])((?<weeks>[0-9]{1,9})([.,](?<fraction>[0-9]{1,30}))?W)?((?<days>[0-9]{1,9})([.,](?<fraction>[0-9]{1,30}))?D)?(T(?=[0-9])((?<hours>[0-9]{1,12})([.,](?<fraction>[0-9]{1,30}))?H)?((?<minutes>[0-9]{1,12})([.,](?<fraction>[0-9]{1,30}))?M)?((?<seconds>[0-9]{1,15})([.,](?<fraction>[0-9]{1,30}))?S)?)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^-?P([0-9]+Y|[0-9]+M)", RegexOptions.CultureInvariant)]
    private static partial Regex YearsOrMonths();
}
