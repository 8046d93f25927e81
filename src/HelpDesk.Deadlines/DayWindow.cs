using System.Diagnostics.CodeAnalysis;

namespace HelpDesk.Deadlines;

/// <summary>
/// A stretch of local wall time within one date: opening inclusive, closing exclusive, both on whole minutes. Closing at
/// <c>24:00</c> means the end of the date, which no time of day can say. A shift past midnight is two windows on two dates.
/// </summary>
/// <remarks>The default value is the empty window 00:00-00:00, which no calendar accepts.</remarks>
public readonly record struct DayWindow
{
    private const int MinutesPerDay = 24 * 60;

    private readonly int _open;
    private readonly int _close;

    private DayWindow(int open, int close) => (_open, _close) = (open, close);

    /// <summary>Gets the opening time, inclusive, as <c>HH:mm</c>.</summary>
    public string OpenText => Text(_open);

    /// <summary>Gets the closing time, exclusive, as <c>HH:mm</c>; <c>24:00</c> where the window runs to the end of its date.</summary>
    public string CloseText => Text(_close);

    internal long OpenTicks => _open * NodaTime.NodaConstants.TicksPerMinute;

    internal long CloseTicks => _close * NodaTime.NodaConstants.TicksPerMinute;

    internal bool IsEmpty => _close <= _open;

    /// <summary>Makes a window of two local times.</summary>
    /// <param name="open">The opening time, inclusive: <c>00:00</c> to <c>23:59</c>.</param>
    /// <param name="close">The closing time, exclusive: later than <paramref name="open"/>, at most <c>24:00</c>.</param>
    /// <returns>The window.</returns>
    /// <exception cref="ArgumentException">A time is not written <c>HH:mm</c>, or the window is empty or ends before it begins.</exception>
    public static DayWindow Of(string open, string close) =>
        TryParse(open, close, out var window, out var error) ? window : throw new ArgumentException(error);

    /// <summary>Makes a window of two local times, or says why they make none.</summary>
    /// <param name="open">The opening time, inclusive: <c>00:00</c> to <c>23:59</c>.</param>
    /// <param name="close">The closing time, exclusive: later than <paramref name="open"/>, at most <c>24:00</c>.</param>
    /// <param name="window">The window, or the default value.</param>
    /// <param name="error">What is wrong, as a sentence for whoever wrote the times; null when nothing is.</param>
    /// <returns>Whether the two times make a window.</returns>
    public static bool TryParse(string open, string close, out DayWindow window, [NotNullWhen(false)] out string? error)
    {
        window = default;
        if (!TryMinutes(open, out var from) || from == MinutesPerDay)
        {
            error = $"'{open}' is not an opening time: write it as HH:mm, from 00:00 to 23:59.";
        }
        else if (!TryMinutes(close, out var to))
        {
            error = $"'{close}' is not a closing time: write it as HH:mm, from 00:01 to 24:00.";
        }
        else if (to == from)
        {
            error = $"The window {open}-{close} is empty: it closes when it opens. A whole day is 00:00-24:00.";
        }
        else if (to < from)
        {
            error = $"The window {open}-{close} closes before it opens. A shift past midnight is two windows: "
                + $"{open}-24:00, and 00:00-{close} on the next day.";
        }
        else
        {
            window = new DayWindow(from, to);
            error = null;
        }

        return error is null;
    }

    /// <summary>Returns the window as <c>HH:mm-HH:mm</c>.</summary>
    /// <returns>The window in words.</returns>
    public override string ToString() => $"{OpenText}-{CloseText}";

    // Exactly two digits, a colon, two digits: "9:00" and "09:00:00" are refused, so that what is echoed is what was written.
    private static bool TryMinutes(string text, out int minutes)
    {
        minutes = 0;
        if (text is not { Length: 5 } || text[2] != ':' || !char.IsAsciiDigit(text[0]) || !char.IsAsciiDigit(text[1])
            || !char.IsAsciiDigit(text[3]) || !char.IsAsciiDigit(text[4]))
        {
            return false;
        }

        var hour = ((text[0] - '0') * 10) + text[1] - '0';
        var minute = ((text[3] - '0') * 10) + text[4] - '0';
        minutes = (hour * 60) + minute;
        return minute < 60 && minutes <= MinutesPerDay;
    }

    private static string Text(int minutes) => $"{minutes / 60:00}:{minutes % 60:00}";
}
