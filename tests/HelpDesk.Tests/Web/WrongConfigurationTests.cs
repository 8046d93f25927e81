using System.Diagnostics;
using HelpDesk.Tests.Support;
using HelpDesk.Web;

namespace HelpDesk.Tests.Web;

/// <summary>What an operator sees of a configuration that cannot be, in a process of its own.</summary>
internal sealed class WrongConfigurationTests
{
    [TestCase("Sandbox:Clock", "maybe", "Sandbox:Clock must be true or false, but is 'maybe'.")]
    [TestCase("Jobs:Enabled", "1", "Jobs:Enabled must be true or false, but is '1'.")]
    [TestCase("Tickets:KnownQueuesOnly", "perhaps", "Tickets:KnownQueuesOnly must be true or false, but is 'perhaps'.")]
    [TestCase("urls", "nonsense", "ASPNETCORE_URLS ")]
    [TestCase("urls", "http://127.0.0.1:0;ftp://127.0.0.1:0", "ASPNETCORE_URLS ")]
    [TestCase("Desk:PublicUrl", "desk", "Desk:PublicUrl ")]
    [TestCase("Access:AdminKey", "short", "Access:AdminKey ")]
    [TestCase("Access:Oidc:Authority", "nowhere", "Access:Oidc:Authority ")]
    [TestCase("RateLimits:PerMinute", "many", "RateLimits:PerMinute ")]
    [TestCase("Cors:Origins", "nowhere", "Cors:Origins ")]
    [TestCase("Mail:Port", "0", "Mail:Port ")]
    [TestCase("Desk:TimeZone", "Mars", "Desk:TimeZone ")]
    [TestCase("Deliveries:KeepBodies", "long", "Deliveries:KeepBodies ")]
    [TestCase("Attachments:MaxBytes", "all", "Attachments:MaxBytes ")]
    [TestCase("Attachments:Folder", "/dev/null/files", "Attachments:Folder ")]
    [TestCase("ConnectionStrings:HelpDesk", "nonsense", "ConnectionStrings:HelpDesk ")]
    [TestCase("ConnectionStrings:HelpDesk", "", "ConnectionStrings:HelpDesk ")]
    public async Task A_wrong_value_ends_the_start_in_one_line_that_names_the_key(string key, string value, string says)
    {
        var (code, line) = await Start("Host=127.0.0.1", (key, value));
        Assert.That(line, Does.StartWith("HelpDesk cannot start: " + says).And.EndWith("\n"));
        Assert.That(line.TrimEnd('\n'), Does.Not.Contain("\n").And.Not.Contain("   at "));
        Assert.That(code, Is.EqualTo(1));
    }

    [Test]
    public async Task So_does_a_sandbox_that_is_started_without_its_clock()
    {
        using var database = TestDatabase.Create();
        using (TestDesk.Start(database: database)) await database.Execute("insert into sandbox_clock (now) values ('2026-03-02T08:00:00Z')");
        Assert.That(await Start(database.ConnectionString), Is.EqualTo((1,
            "HelpDesk cannot start: This database is a sandbox: start it with Sandbox:Clock=true, or use another database (ConnectionStrings:HelpDesk).\n")));
    }

    [Test]
    public async Task So_does_a_database_that_does_not_know_the_user()
    {
        using var database = TestDatabase.Create();
        var (code, line) = await Start(database.ConnectionString + ";Username=nobody-here;Password=sesame");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(line, Does.StartWith("HelpDesk cannot start: ConnectionStrings:HelpDesk ").And.Contain("nobody-here").And.Not.Contain("sesame").And.Not.Contain("   at "));
    }

    /// <summary>Its exit code, and what it says to standard error.</summary>
    private static async Task<(int Code, string Said)> Start(string database, params (string Key, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Refusal).Assembly.Location, "--urls=http://127.0.0.1:0", .. settings.Select(setting => $"--{setting.Key}={setting.Value}")])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["ConnectionStrings__HelpDesk"] = database, ["Access__AdminKey"] = TestDesk.AdminKey, ["ASPNETCORE_ENVIRONMENT"] = "Development" },
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        await output;
        return (process.ExitCode, await errors);
    }
}
