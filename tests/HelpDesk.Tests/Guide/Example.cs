using System.Collections.Concurrent;
using System.Diagnostics;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Guide;

/// <summary>One of docs/examples, under way in a folder of its own.</summary>
internal sealed class Example : IDisposable
{
    private static readonly string Client = Repository.File("tests", "client");

    /// <summary>Compiled once for the whole run, into the folder of the tools: what it needs is found there.</summary>
    private static readonly Lazy<Task<(int Code, string Said)>> TypeScript =
        new(() => Repository.Run(Client, Path.Combine(Client, "node_modules", ".bin", "tsc"), "-p", "tsconfig.examples.json"));

    private readonly Process process;
    private readonly ConcurrentQueue<string> complaints = new();

    private Example(Process process)
    {
        this.process = process;
        process.ErrorDataReceived += (_, said) =>
        {
            if (said.Data is { } line) complaints.Enqueue(line);
        };
        process.BeginErrorReadLine();
    }

    public StreamReader Output => process.StandardOutput;

    public string Complaints => string.Join('\n', complaints);

    /// <param name="name">As the file in TypeScript is called.</param>
    /// <param name="settings">HELPDESK_URL and so on.</param>
    public static async Task<Example> Start(Tongue tongue, string name, string folder, IEnumerable<(string Name, string Value)> settings, params string[] arguments)
    {
        Need(tongue);
        var start = new ProcessStartInfo { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var word in (string[])[.. await Command(tongue, name), .. arguments])
        {
            if (start.FileName.Length == 0) start.FileName = word;
            else start.ArgumentList.Add(word);
        }

        foreach (var (setting, value) in settings) start.Environment[setting] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>To its end; null as exit code where the test killed it.</summary>
    public static async Task<(int? Code, string Said, string Complaints)> Run(
        Tongue tongue, string name, string folder, IEnumerable<(string Name, string Value)> settings, string input = "", Task? kill = null, params string[] arguments)
    {
        using var example = await Start(tongue, name, folder, settings, arguments);
        await example.process.StandardInput.WriteAsync(input);
        example.process.StandardInput.Close();
        var said = example.Output.ReadToEndAsync();
        var ended = example.process.WaitForExitAsync();
        if (kill is not null && await Task.WhenAny(ended, kill) == kill)
        {
            example.Kill();
            return (null, await said, example.Complaints);
        }

        await ended;
        return (example.process.ExitCode, (await said).Trim(), example.Complaints);
    }

    /// <summary>With all that it has started: a shell has others do its work.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.Dispose();
    }

    private static async Task<string[]> Command(Tongue tongue, string name)
    {
        switch (tongue)
        {
            case Tongue.Curl: return ["bash", Repository.File("docs", "examples", "curl", $"{name}.sh")];
            case Tongue.Python: return ["python3", Repository.File("docs", "examples", "python", $"{name.Replace('-', '_')}.py")];
            case Tongue.CSharp: return ["dotnet", Path.Combine(AppContext.BaseDirectory, "HelpDesk.Examples.dll"), string.Concat(name.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))];
            default:
                var (code, said) = await TypeScript.Value;
                Assert.That(code, Is.Zero, said);
                return ["node", Path.Combine(Client, "out", "examples", $"{name}.js")];
        }
    }

    /// <summary>What is absent fails where it is wanted (CI=true); elsewhere it is said, and left out.</summary>
    private static void Need(Tongue tongue)
    {
        if (tongue is Tongue.TypeScript)
        {
            Assert.That(Directory.Exists(Path.Combine(Client, "node_modules")), "The tools of tests/client are not installed: run deploy/test, or npm ci in that folder.");
        }

        string[] tools = tongue switch { Tongue.Curl => ["curl", "jq", "openssl"], Tongue.Python => ["python3"], _ => [] };
        var absent = tools.Where(tool => !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, tool)))).ToList();
        if (absent.Count == 0) return;
        var words = $"The examples in {tongue} were NOT run: there is no {string.Join(", ", absent)} here. On Debian: apt install {string.Join(' ', absent)}";
        Assert.That(Environment.GetEnvironmentVariable("CI"), Is.Not.EqualTo("true"), words);
        TestContext.Progress.WriteLine(words);
        Assert.Ignore(words);
    }
}
