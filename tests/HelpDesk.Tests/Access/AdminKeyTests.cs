using HelpDesk.Access;
using HelpDesk.Tests.Support;
using HelpDesk.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HelpDesk.Tests.Access;

internal sealed class AdminKeyTests
{
    private readonly LogLines log = new();

    [TestCase("short")]
    [TestCase("0123456789012345678901234567890")]
    [TestCase("with blanks in it, thirty-two letters and more")]
    [TestCase("çççççççççççççççççççççççççççççççççççç")]
    public void A_weak_key_stops_the_start_and_is_named(string key) =>
        Assert.That(() => Make(key, Environments.Production), Throws.TypeOf<WrongConfiguration>().With.Message.Contains("Access:AdminKey").And.Message.Not.Contains(key));

    [Test]
    public void A_weak_key_stops_the_whole_desk()
    {
        using var database = TestDatabase.Create();
        Assert.That(() => TestDesk.Start([("Access:AdminKey", "short")], database: database), Throws.TypeOf<WrongConfiguration>().With.Message.Contains("Access:AdminKey"));
    }

    [Test]
    public void In_Production_there_is_none_unless_it_is_set()
    {
        Assert.That(Make(null, Environments.Production).Is(""), Is.False);
        Assert.That(log.Lines.Single().Text, Does.Contain("Access:AdminKey is not set"));
    }

    [Test]
    public void In_Development_one_is_made_and_printed_once()
    {
        var made = Make(null, Environments.Development);
        var printed = log.Lines.Single(line => line.Text.Contains("the admin key is", StringComparison.Ordinal)).Text.Split(' ')[^1];
        Assert.That(printed, Has.Length.GreaterThanOrEqualTo(32));
        Assert.That(made.Is(printed), Is.True);
    }

    [SetUp]
    public void Forget() => log.Clear();

    private AdminKey Make(string? key, string environment)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Access:AdminKey", key)]).Build();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        return new(configuration, new Place(environment), loggers.CreateLogger<AdminKey>());
    }

    private sealed class Place(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "HelpDesk";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
