using HelpDesk.Web;

namespace HelpDesk.Tests.Web;

internal sealed class IsoDurationTests
{
    [TestCase("PT4H", "PT4H")]
    [TestCase("P2D", "PT48H")]
    [TestCase("P2W", "PT336H")]
    [TestCase("P1DT2H3M4.5S", "PT26H3M4.5S")]
    [TestCase("PT90M", "PT1H30M")]
    [TestCase("PT0S", "PT0S")]
    [TestCase("P0D", "PT0S")]
    [TestCase("-PT0.000001S", "-PT0.000001S")]
    [TestCase("PT0.1000000000S", "PT0.1S")]
    [TestCase("-P1D", "-PT24H")]
    [TestCase("PT59M60S", "PT1H")]
    [TestCase("PT0.5H", "PT30M")]
    [TestCase("PT1.5H", "PT1H30M")]
    [TestCase("P0.5D", "PT12H")]
    [TestCase("PT0,5S", "PT0.5S")]
    [TestCase("-P1.5W", "-PT252H")]
    [TestCase("PT1H0.25M", "PT1H15S")]
    [TestCase("P0.0001220703125D", "PT10.546875S")]
    public void Is_read_and_written_with_hours_as_the_largest_unit(string written, string canonical)
    {
        Assert.That(IsoDuration.TryParse(written, out var duration), Is.True);
        Assert.That(IsoDuration.Format(duration), Is.EqualTo(canonical));
        Assert.That(IsoDuration.TryParse(canonical, out var again) && again == duration, Is.True);
    }

    [TestCase("", "must be an ISO 8601 duration")]
    [TestCase("P", "must be an ISO 8601 duration")]
    [TestCase("PT", "must be an ISO 8601 duration")]
    [TestCase("P1DT", "must be an ISO 8601 duration")]
    [TestCase("4h", "must be an ISO 8601 duration")]
    [TestCase("pt4h", "must be an ISO 8601 duration")]
    [TestCase("PT1.5H30M", "smallest of its units")]
    [TestCase("P0.5DT1S", "smallest of its units")]
    [TestCase("PT.5H", "must be an ISO 8601 duration")]
    [TestCase("PT1.H", "must be an ISO 8601 duration")]
    [TestCase("PT0.33333333333333H", "finer than a microsecond")]
    [TestCase("PT0.00000001M", "finer than a microsecond")]
    [TestCase("PT-1H", "must be an ISO 8601 duration")]
    [TestCase(" PT1H", "must be an ISO 8601 duration")]
    [TestCase("PT1H\n", "must be an ISO 8601 duration")]
    [TestCase("PT٤H", "must be an ISO 8601 duration")]
    [TestCase("P1Y", "years or months")]
    [TestCase("P1M", "years or months")]
    [TestCase("PT0.0000001S", "finer than a microsecond")]
    [TestCase("P999999999W", "longer than 10,000 years")]
    [TestCase("PT999999999999H", "longer than 10,000 years")]
    public void Refuses_what_has_no_exact_length_and_says_why(string written, string why)
    {
        Assert.That(IsoDuration.TryParse(written, out _, out var rule), Is.False);
        Assert.That(rule, Does.Contain(why));
    }

    [Test]
    public void Comes_back_as_its_author_wrote_it()
    {
        var json = System.Text.Json.JsonSerializer.Serialize(
            System.Text.Json.JsonSerializer.Deserialize<IsoDuration>("\"P2D\"", HelpDesk.Web.Json.JsonConventions.Options), HelpDesk.Web.Json.JsonConventions.Options);
        Assert.That(json, Is.EqualTo("\"P2D\""));
        Assert.That(IsoDuration.FromDuration(Duration.FromDays(2)).ToString(), Is.EqualTo("PT48H"));
    }
}
