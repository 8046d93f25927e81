using System.Diagnostics;
using System.Text.RegularExpressions;
using HelpDesk.Jobs;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Containers;

/// <summary>What the commands of the Dockerfile publish, started as the image starts it: as another user where that can be, with its own files read-only and nowhere to write but /tmp.</summary>
internal sealed class PublishedTests
{
    private string folder = "";

    [OneTimeSetUp]
    public async Task Publish()
    {
        folder = Directory.CreateTempSubdirectory("helpdesk-image-").FullName;
        var command = Dockerfile.Stages[0].Where(each => each.Word == "RUN").Select(each => each.Said).Single(said => said.StartsWith("dotnet publish ", StringComparison.Ordinal));
        // Of the tree as it is built and restored, with the engine for jobs that these tests were built with, so as not to build it in the middle of its tests; all else is as the image has it.
        var arguments = Regex.Replace(Regex.Replace(command, " -o /app\\b", $" -o {folder}/app"), " \"?-p:JobEngine=\\S+", $" -p:JobEngine={Engine}").Split(' ').Skip(1).Concat(["--no-build", "-v", "q"]);
        var (code, said) = await Repository.Run(Repository.Root, "dotnet", [.. arguments]);
        Assert.That(code, Is.Zero, said);
        await Repository.Run(Repository.Root, "chmod", "-R", "u=rX,go=rX", folder);
    }

    private static string Engine => typeof(IJobEngine).Assembly.GetType("HelpDesk.Jobs.Engine.HangfireEngine") is null ? "Quartz" : "Hangfire";

    [OneTimeTearDown]
    public async Task Remove()
    {
        await Repository.Run(Repository.Root, "chmod", "-R", "u+w", folder);
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task It_starts_on_an_empty_database_and_is_ready()
    {
        using var database = TestDatabase.Empty();
        using var desk = Start(database.ConnectionString);
        var address = await Address(desk);
        using var client = new HttpClient { BaseAddress = new(address) };
        Assert.That((string?)(await client.Ready())["status"], Is.EqualTo("ready"));
        var (code, said) = await Repository.Run(folder, "dotnet", $"{folder}/app/HelpDesk.dll", "health", $"{address}/health/ready");
        Assert.That(code, Is.Zero, said);
        Assert.That(said, Does.StartWith("""{"status":"ready","checks":{"database":"ok","""));
        client.DefaultRequestHeaders.Authorization = new("Bearer", TestDesk.AdminKey);
        Assert.That((string?)(await client.GetAsync("/v1/jobs").Json())["items"]!.AsArray().First(job => (string?)job!["name"] == "forget_old_mail")!["engine"], Is.EqualTo(Engine.ToLowerInvariant()));
        await client.Post("/v1/tickets", """{ "subject": "s", "body": "b", "requester": { "email": "ada@example.org", "timeZone": "Europe/Helsinki", "locale": "tr" } }""").Json(System.Net.HttpStatusCode.Created);
        await Repository.Run(folder, "kill", "-TERM", $"{desk.Id}");
        await desk.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(40));
        Assert.That(desk.ExitCode, Is.Zero, "SIGTERM ends it in order");
    }

    [Test]
    public async Task The_health_check_says_so_where_nobody_answers()
    {
        var (code, said) = await Repository.Run(folder, "dotnet", $"{folder}/app/HelpDesk.dll", "health", "http://127.0.0.1:9/health/ready");
        Assert.That((code, said), Is.EqualTo((1, said)).And.Not.EqualTo((1, "")));
    }

    /// <summary>
    /// As nobody where the tests are root and have <c>setpriv</c>, or, where the server's socket lies in a folder of root's, as root without any of its powers, who may not write what is read-only either; an
    /// ordinary user is another one than the files' owner in nothing but what she may write.
    /// </summary>
    private Process Start(string database)
    {
        string[] user = new Npgsql.NpgsqlConnectionStringBuilder(database).Host!.StartsWith('/') ? [] : ["--reuid=1654", "--regid=1654", "--clear-groups"];
        string[] wrapped = Environment.UserName == "root" && File.Exists("/usr/bin/setpriv")
            ? ["/usr/bin/setpriv", .. user, "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all", Dotnet, $"{folder}/app/HelpDesk.dll"]
            : [Dotnet, $"{folder}/app/HelpDesk.dll"];
        var start = new ProcessStartInfo(wrapped[0], wrapped[1..]) { RedirectStandardOutput = true, WorkingDirectory = $"{folder}/app" };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["ConnectionStrings__HelpDesk"] = database,
            ["Access__AdminKey"] = TestDesk.AdminKey,
            ["Desk__SigningKey"] = TestDesk.SigningKey,
            ["Desk__PublicUrl"] = "https://desk.example.com",
            ["Mail__Host"] = "127.0.0.1",
            ["Mail__Port"] = "9",
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            // Nothing may be kept there: the image's root is read-only.
            ["HELPDESK_DATA"] = $"{folder}/app/data",
            ["HOME"] = "/nonexistent",
        })
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static string Dotnet => Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet";

    private static async Task<string> Address(Process desk)
    {
        var said = new List<string>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await desk.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            said.Add(line);
            if (Regex.Match(line, "Now listening on: (http://[0-9.:]+)") is { Success: true } match)
            {
                _ = desk.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return match.Groups[1].Value;
            }
        }

        throw new InvalidOperationException($"It did not start: {string.Join('\n', said)}");
    }
}
