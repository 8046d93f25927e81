using System.Globalization;
using HelpDesk.Delivery;
using HelpDesk.Web.Pages;

namespace HelpDesk.Ops;

/// <summary>Instants as operators read them: short, in the desk's zone, with how far off they are.</summary>
public sealed class OpsTime(Instant now, DateTimeZone zone, PageLanguage language)
{
    private readonly OpsWords words = OpsWords.Of(language);

    public Instant Now => now;

    public string Zone => zone.Id;

    /// <summary>The time alone if it is today; without the year if it is this one.</summary>
    public string Brief(Instant at)
    {
        var (local, today) = (at.InZone(zone).LocalDateTime, now.InZone(zone).Date);
        var time = Clock(local);
        if (local.Date == today) return time;
        var (day, month, isThisYear) = (words.Days[(int)local.DayOfWeek - 1], words.Months[local.Month - 1], local.Year == today.Year);
        var year = isThisYear ? "" : $" {local.Year}";
        return language.Of($"{day} {local.Day} {month}{year}, {time}", $"{day} {local.Day}.{local.Month}.{year.TrimStart()} klo {time}", $"{local.Day} {month}{year} {day}, {time}");
    }

    /// <summary>To the second, today's.</summary>
    public string Precise(Instant at) => at.InZone(zone).ToString(language.Of("HH':'mm':'ss", "H'.'mm'.'ss", "HH':'mm':'ss"), CultureInfo.InvariantCulture);

    /// <summary>With the weekday, the year and the zone.</summary>
    public string Full(Instant at) => DateWords.Format(at, zone, Languages.All.First(each => each.Code == language.Tag));

    public string Machine(Instant at) => NodaTime.Text.InstantPattern.General.Format(at);

    /// <summary>From now: "in 12 min", "3 h 5 min ago".</summary>
    public string Distance(Instant at)
    {
        var off = at - now;
        var amount = Amount(off < Duration.Zero ? -off : off);
        return amount.Length == 0 ? words.JustNow : off < Duration.Zero ? words.Ago(amount) : words.In(amount);
    }

    /// <summary>In the two largest units; empty below a minute.</summary>
    private string Amount(Duration length)
    {
        var (days, hours, minutes) = (length.Days, length.Hours, length.Minutes);
        var (day, hour, minute) = words.Units;
        return days >= 10 ? $"{days} {day}"
            : days > 0 ? hours > 0 ? $"{days} {day} {hours} {hour}" : $"{days} {day}"
            : hours > 0 ? minutes > 0 ? $"{hours} {hour} {minutes} {minute}" : $"{hours} {hour}"
            : minutes > 0 ? $"{minutes} {minute}" : "";
    }

    /// <summary>How long something took, or how often it comes.</summary>
    public string Length(Duration length) =>
        Amount(length) is { Length: > 0 } amount ? amount
        : length >= Duration.FromSeconds(1) ? $"{length.TotalSeconds.ToString("0.#", language.Culture)} {words.Second}"
        : $"{length.TotalMilliseconds.ToString("0", language.Culture)} ms";

    private string Clock(LocalDateTime at) => at.ToString(language.Of("HH':'mm", "H'.'mm", "HH':'mm"), CultureInfo.InvariantCulture);
}
