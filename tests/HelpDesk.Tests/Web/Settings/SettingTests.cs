using System.Collections;
using HelpDesk.Tests.Support;
using HelpDesk.Web;
using HelpDesk.Web.Settings;
using Microsoft.Extensions.Configuration;

namespace HelpDesk.Tests.Web.Settings;

/// <summary>What a setting says of itself, it does.</summary>
internal sealed class SettingTests
{
    private TestDatabase database = null!;

    [OneTimeSetUp]
    public void Create() => database = TestDatabase.Create();

    [OneTimeTearDown]
    public void Drop() => database.Dispose();

    private static IConfiguration With(string key, string value) => new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();

    private static object? Read(Setting setting, IConfiguration configuration)
    {
        try
        {
            return setting.GetType().GetMethod("Read")!.Invoke(setting, [configuration]);
        }
        catch (System.Reflection.TargetInvocationException error)
        {
            throw error.InnerException!;
        }
    }

    private static IEnumerable<string> WithDefaults => Reference.All.Where(setting => setting.Default is not null).Select(setting => setting.Key);

    /// <summary>Those that refuse every word that is not meant.</summary>
    private static IEnumerable<string> Strict => Reference.All.Where(setting => setting is Switch or Whole or HowLong or Share || setting.GetType().IsConstructedGenericType).Select(setting => setting.Key);

    private static Setting Of(string key) => Reference.All.Single(setting => setting.Key == key);

    [TestCaseSource(nameof(WithDefaults))]
    public void A_default_written_out_is_the_same_as_none(string key)
    {
        var setting = Of(key);
        var (said, unsaid) = (Read(setting, With(key, setting.Default!)), Read(setting, With(key, " ")));
        Assert.That(said, Is.EqualTo(unsaid).And.Not.Null);
        Assert.That(said, Is.Not.InstanceOf<ICollection>().Or.Not.Empty);
    }

    [Test]
    public async Task A_desk_starts_with_every_default_written_out()
    {
        using var desk = TestDesk.Start([.. WithDefaults.Where(key => key is not ("urls" or "HELPDESK_DATA")).Select(key => (key, Of(key).Default!)).Where(pair => !pair.key.StartsWith("Access:Oidc", StringComparison.Ordinal))], database: database);
        await desk.Admin.GetAsync("/v1/tickets").Json();
    }

    [TestCaseSource(nameof(Strict))]
    public void A_desk_reads_it_at_its_start(string key)
    {
        var name = key.Replace("<domain>", "example.com", StringComparison.Ordinal);
        var error = Assert.Catch<WrongConfiguration>(() => TestDesk.Start(
            [("Access:Oidc:Authority", "https://issuer.example"), ("Access:Oidc:Audience", "helpdesk"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318"), (name, "no such thing")], database: database))!;
        Assert.That(error.Message, Does.StartWith($"{name} must be {Of(key).Values.Replace("`", "")}, but is 'no such thing'"));
    }

    [Test]
    public void Bounds_of_whole_numbers_are_inclusive()
    {
        var whole = new Whole("A:Key", 3, 5, 4, "something");
        Assert.That((whole.Read(With("A:Key", "3")), whole.Read(With("A:Key", "5")), whole.Values), Is.EqualTo((3L, 5L, "a whole number from 3 to 5")));
        foreach (var value in new[] { "2", "6", "-3", "3.5", "99999999999999999999", "1e1" }) Assert.That(() => whole.Read(With("A:Key", value)), Throws.TypeOf<WrongConfiguration>().With.Message.EqualTo($"A:Key must be a whole number from 3 to 5, but is '{value}'."));
    }

    [TestCase("PT1M", "PT1H", "an ISO 8601 duration from `PT1M` to `PT1H`", "PT1M PT60M", "PT59.999999S PT1H0.000001S")]
    [TestCase(null, null, "an ISO 8601 duration longer than `PT0S`", "PT0.000001S P90D", "PT0S -PT1S")]
    [TestCase(null, "PT1H", "an ISO 8601 duration longer than `PT0S`, at most `PT1H`", "PT1S PT1H", "PT0S PT2H")]
    [TestCase("PT0S", null, "an ISO 8601 duration that is not negative", "PT0S P9D", "-PT1S")]
    public void Bounds_of_durations_are_inclusive_where_they_are_named(string? least, string? most, string says, string good, string bad)
    {
        var time = new HowLong("A:Key", "PT30M", "something", least, most);
        Assert.That(time.Values, Is.EqualTo(says));
        foreach (var value in good.Split(' ')) Assert.That(() => time.Read(With("A:Key", value)), Throws.Nothing);
        foreach (var value in bad.Split(' ')) Assert.That(() => time.Read(With("A:Key", value)), Throws.TypeOf<WrongConfiguration>().With.Message.EqualTo($"A:Key must be {says.Replace("`", "")}, but is '{value}'."));
    }

    [Test]
    public void A_duration_without_a_fixed_length_is_told_why() =>
        Assert.That(() => new HowLong("A:Key", "P1D", "something").Read(With("A:Key", "P3M")), Throws.TypeOf<WrongConfiguration>().With.Message.EndsWith("but is 'P3M', which has years or months, which have no fixed length: use weeks, days or hours."));

    [Test]
    public void A_list_is_one_text_or_entries()
    {
        var listed = new Listed("A:Key", "something", "words", " ,", "one two");
        var entries = new ConfigurationBuilder().AddInMemoryCollection([new("A:Key:0", "three"), new("A:Key:1", "four,five")]).Build();
        Assert.That(listed.Read(entries), Is.EqualTo(new[] { "three", "four", "five" }));
        Assert.That(listed.Read(With("A:Key", "six, seven")), Is.EqualTo(new[] { "six", "seven" }));
        Assert.That(listed.Read(With("A:Other", "")), Is.EqualTo(new[] { "one", "two" }));
    }

    [Test]
    public void A_secret_is_taken_as_it_stands() => Assert.That(new Secret("A:Key", "something", "any", "none").Read(With("A:Key", " se same ")), Is.EqualTo(" se same "));
}
