namespace HelpDesk.Deadlines.Tests.Calendars;

public class DayWindowTests
{
    [TestCase("09:00", "17:00")]
    [TestCase("00:00", "24:00")]
    [TestCase("23:59", "24:00")]
    [TestCase("00:00", "00:01")]
    public void A_window_is_echoed_as_written(string open, string close)
    {
        var window = DayWindow.Of(open, close);
        Assert.That((window.OpenText, window.CloseText, window.ToString()), Is.EqualTo((open, close, $"{open}-{close}")));
    }

    [TestCase("9:00", "17:00", "'9:00'")]
    [TestCase("09:00:00", "17:00", "'09:00:00'")]
    [TestCase("24:00", "24:00", "'24:00'")]
    [TestCase("09:60", "17:00", "'09:60'")]
    [TestCase("٠٩:٠٠", "17:00", "'٠٩:٠٠'")]
    [TestCase("", "17:00", "''")]
    [TestCase("-1:00", "17:00", "'-1:00'")]
    [TestCase("09:00", "24:01", "'24:01'")]
    [TestCase("09:00", "25:00", "'25:00'")]
    [TestCase("09:00", "17.00", "'17.00'")]
    [TestCase("09:00", "09:00", "empty")]
    [TestCase("17:00", "09:00", "closes before it opens")]
    public void What_is_no_window_is_refused_with_the_reason(string open, string close, string reason)
    {
        Assert.Multiple(() =>
        {
            Assert.That(DayWindow.TryParse(open, close, out var window, out var error), Is.False);
            Assert.That(error, Does.Contain(reason));
            Assert.That(window, Is.EqualTo(default(DayWindow)));
            Assert.That(() => DayWindow.Of(open, close), Throws.ArgumentException.With.Message.EqualTo(error));
        });
    }
}
