using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Docs;

/// <summary>What the documents show in a terminal, done as they say: every answer shown there is what comes back. "…" stands for what differs from run to run.</summary>
internal sealed partial class ReadmeTests
{
    private const string Address = "http://127.0.0.1:5080";
    private const string Receiver = "8787";

    [TestCase("README.md", "sandbox")]
    [TestCase("docs/frontend.md", "frontend")]
    [TestCase("docs/integrating.md", "integrating", "Jobs:Enabled=true", "Webhooks:AllowedNetworks=127.0.0.0/8")]
    public async Task What_a_document_shows_goes_as_it_says(string document, string data, params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("helpdesk-readme-").FullName;
        try
        {
            var sandbox = Directory.CreateDirectory(Path.Combine(folder, ".data", data)).FullName;
            await File.WriteAllTextAsync(Path.Combine(sandbox, "admin-key"), TestDesk.AdminKey);
            Directory.CreateSymbolicLink(Path.Combine(folder, "docs"), Repository.File("docs"));
            var more = settings.Select(setting => setting.Split('=', 2)).Select(pair => (pair[0], pair[1]));
            using var desk = TestDesk.Start([("Sandbox:Clock", "true"), ("Mail:Folder", Path.Combine(sandbox, "mail")), .. more], kestrel: true);
            var steps = Steps(await File.ReadAllTextAsync(Repository.File(document)));
            Assert.That(steps, Has.Count.GreaterThan(10));
            var said = await Run(folder, steps, desk.Anonymous.BaseAddress!.ToString().TrimEnd('/'));
            using (Assert.EnterMultipleScope())
            {
                for (var step = 0; step < steps.Count; step++) Assert.That(said[step], Does.Match(Pattern(steps[step].Answer)), steps[step].Command);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<(string Command, string Answer)> Steps(string readme)
    {
        var steps = new List<(string Command, string Answer)>();
        foreach (Match block in Console().Matches(readme))
        {
            foreach (var step in Regex.Split(block.Groups[1].Value, @"^\$ ", RegexOptions.Multiline).Where(text => text.Length > 0))
            {
                var lines = step.TrimEnd('\n').Split('\n');
                // A command goes on in lines that are indented.
                var length = 1 + lines.Skip(1).TakeWhile(line => line.StartsWith("    ", StringComparison.Ordinal)).Count();
                steps.Add((string.Join('\n', lines.Take(length)), string.Join('\n', lines.Skip(length))));
            }
        }

        return steps;
    }

    private static async Task<string[]> Run(string folder, List<(string Command, string Answer)> steps, string address)
    {
        const string Mark = "\u0001";
        // What a document starts in the background ends with it, also where a step failed.
        var script = "trap 'kill $(jobs -p) 2>/dev/null' EXIT\n"
            + string.Join('\n', steps.Select(step => $"{step.Command.Replace(Address, address).Replace(Receiver, FreePort)}\nprintf '{Mark}'"));
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var said = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        // Mail has carriage returns, which a terminal does not show.
        return said.Replace("\r", "").Split(Mark);
    }

    private static readonly string FreePort = Free();

    private static string Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return $"{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    private static string Pattern(string answer) => $@"\A{Regex.Escape(answer).Replace("…", ".*")}\s*\z";

    [GeneratedRegex("^```console\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Console();
}
