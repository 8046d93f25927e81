using System.Net;
using System.Net.Sockets;
using HelpDesk.Tests.Support;
using HelpDesk.Web;
using HelpDesk.Web.Health;
using HelpDesk.Web.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HelpDesk.Tests.Web;

public sealed class StartFailureTests
{
    private static WebApplication App(string address, params IHostedService[] services)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        foreach (var service in services) builder.Services.AddSingleton(service);
        return builder.Build();
    }

    [Test]
    public void A_port_that_is_taken_is_the_operators_to_mend()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        Assert.That(() => StartFailure.Serve(App(address)), Throws.TypeOf<WrongConfiguration>().With.Message.StartsWith("ASPNETCORE_URLS ").And.Message.Contains(address));
    }

    [Test]
    public async Task Being_told_to_end_while_it_starts_is_no_failure()
    {
        var told = new ToldToEnd();
        var app = App("http://127.0.0.1:0", told);
        told.Lifetime = app.Lifetime;
        await StartFailure.Serve(app);
        Assert.That(told.Lifetime.ApplicationStopping.IsCancellationRequested, Is.True);
    }

    [Test]
    public void A_file_of_the_configuration_that_cannot_be_read_is_named_with_the_line()
    {
        var folder = Directory.CreateTempSubdirectory("helpdesk-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "appsettings.json"), "{\n  \"Mail\": { \"Host\": \"x\" \n");
            Assert.That(() => StartFailure.Read(new() { ContentRootPath = folder.FullName }), Throws.TypeOf<WrongConfiguration>().With.Message.Contains("appsettings.json").And.Message.Contains("LineNumber"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestCase("--help", "dotnet HelpDesk.dll migrate")]
    [TestCase("-h", "dotnet HelpDesk.dll migrate")]
    [TestCase("migrate --help", "dotnet HelpDesk.dll migrate")]
    [TestCase("Mail:Host=localhost -h", "dotnet HelpDesk.dll migrate")]
    [TestCase("--version", "HelpDesk ")]
    public async Task Asked_for_help_it_says_what_it_can_and_serves_nothing(string argument, string says)
    {
        var (code, said) = await Repository.Run(Path.GetTempPath(), "dotnet", [typeof(Refusal).Assembly.Location, .. argument.Split(' ')]);
        Assert.That((code, said), Is.EqualTo((0, said)));
        Assert.That(said, Does.Contain(says));
    }

    [Test]
    public void Keys_that_nothing_reads_are_found()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Mail:Hosst"] = "x", ["Jobs:Enable"] = "false", ["Access:Oidc:Audiense"] = "y",
            ["mail:host"] = "x", ["Mail:Password_FILE"] = "/x", ["Mail:Domains:example.com"] = "5", ["Cors:Origins:0"] = "https://example.com", ["Logging:Console:FormatterName"] = "json",
            ["ConnectionStrings:Other"] = "z", ["SomebodyElses:Key"] = "1",
        }).Build();
        Assert.That(UnknownKeys.In(configuration), Is.EqualTo(new[] { "Access:Oidc:Audiense", "Jobs:Enable", "Mail:Hosst" }));
    }

    [TestCase("Mial:Host", true)]
    [TestCase("Mai:Host", true)]
    [TestCase("mails:Host", true)]
    [TestCase("Web-hooks:AllowHttp", true)]
    [TestCase("Loging:LogLevel:Default", true)]
    [TestCase("ConnectionString:HelpDesk", true)]
    [TestCase("ConnectionStrings:Helpdsek", true)]
    [TestCase("ConnectionStrings:HELPDESK", false)]
    [TestCase("Maple:Host", false)]
    [TestCase("MAIL", false)]
    [TestCase("MAILS", false)]
    [TestCase("Mail_Host", false)]
    public void A_section_that_is_one_letter_away_from_one_of_the_desks_is_misspelt(string key, bool isTold)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { [key] = "x" }).Build();
        Assert.That(UnknownKeys.In(configuration), Is.EqualTo(isTold ? new[] { key } : []));
    }

    [TestCase(null, null, "http://127.0.0.1:8080")]
    [TestCase("http://+:5080", null, "http://127.0.0.1:5080")]
    [TestCase("https://0.0.0.0:443;http://0.0.0.0:5080", "80", "http://127.0.0.1:5080")]
    [TestCase("http://10.0.0.4:5080/", null, "http://10.0.0.4:5080/")]
    [TestCase(null, "8081;8082", "http://127.0.0.1:8081")]
    public void The_health_command_asks_where_the_desk_listens(string? urls, string? ports, string address) =>
        Assert.That(HealthQuestion.Listening(key => key == "ASPNETCORE_URLS" ? urls : ports), Is.EqualTo(address));

    [TestCase("http://127.0.0.1:5080", "http://127.0.0.1:5080/health/ready")]
    [TestCase("http://127.0.0.1:5080/", "http://127.0.0.1:5080/health/ready")]
    [TestCase("http://127.0.0.1:5080/desk/health/ready", "http://127.0.0.1:5080/desk/health/ready")]
    [TestCase("nonsense", "nonsense")]
    public void The_health_command_asks_a_bare_address_whether_it_is_ready(string said, string asked) => Assert.That(HealthQuestion.Address(said), Is.EqualTo(asked));

    /// <summary>SIGTERM in the middle of the start.</summary>
    private sealed class ToldToEnd : IHostedService
    {
        public IHostApplicationLifetime Lifetime { get; set; } = null!;

        public Task StartAsync(CancellationToken cancellationToken)
        {
            Lifetime.StopApplication();
            throw new OperationCanceledException();
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
