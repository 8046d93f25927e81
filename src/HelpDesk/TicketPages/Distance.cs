using System.Globalization;

namespace HelpDesk.TicketPages;

/// <summary>The words of a span of time from now, towards one side of it. The page's script is given the same ones, and makes the same of them.</summary>
/// <param name="Frame">What stands around the amount: "in {0}".</param>
/// <param name="None">Less than a minute.</param>
public sealed record Distance(string Frame, CountedWord Day, CountedWord Hour, CountedWord Minute, string None)
{
    public string Of(Duration amount) => Frame.Replace("{0}", Amount(amount), StringComparison.Ordinal);

    /// <summary>In hours and minutes, however many: a day of working time is not 24 hours, and would be read as one of them.</summary>
    public string Hours(Duration amount)
    {
        var minutes = (long)Math.Floor(amount.TotalMinutes);
        string[] parts = [.. new (long Count, CountedWord Word)[] { (minutes / 60, Hour), (minutes % 60, Minute) }.Where(part => part.Count > 0).Select(part => part.Word.Of(part.Count))];
        return parts.Length == 0 ? None : string.Join(' ', parts);
    }

    /// <summary>The two largest units that follow each other, and are not zero.</summary>
    public string Amount(Duration amount)
    {
        var minutes = (long)Math.Floor(amount.TotalMinutes);
        var days = minutes / 1440;
        string[] parts = [.. new (long Count, CountedWord Word)[] { (days, Day), (minutes / 60 % 24, Hour), (days > 0 ? 0 : minutes % 60, Minute) }.Where(part => part.Count > 0).Select(part => part.Word.Of(part.Count))];
        return parts.Length == 0 ? None : string.Join(' ', parts);
    }
}

/// <summary>A word with a number before it.</summary>
public sealed record CountedWord(string One, string Many)
{
    public string Of(long count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? One : Many)}");
}
