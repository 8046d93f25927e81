using System.Diagnostics;
using HelpDesk.Web;

namespace HelpDesk.Tests.Support;

/// <summary>A desk in a process of its own, which can be killed.</summary>
internal sealed class DeskProcess : IDisposable
{
    private readonly Process process;

    private DeskProcess(Process process, HttpClient client) => (this.process, Client) = (process, client);

    public HttpClient Client { get; }

    public static async Task<DeskProcess> Start(string database, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Refusal).Assembly.Location]) { RedirectStandardOutput = true };
        foreach (var (name, value) in new[]
        {
            ("ConnectionStrings__HelpDesk", database), ("Access__AdminKey", TestDesk.AdminKey), ("Jobs__Enabled", "false"), ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
            ("ASPNETCORE_ENVIRONMENT", "Development"), ("Sandbox__Clock", "true"), ("Logging__LogLevel__Default", "Warning"), ("Logging__LogLevel__Microsoft.Hosting.Lifetime", "Information"),
        }.Concat(settings))
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        const string Said = "Now listening on: ";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(Said, StringComparison.Ordinal) is var at and >= 0) return new(process, ClientOf(line[(at + Said.Length)..].Trim()));
        }

        throw new InvalidOperationException("The desk did not start.");
    }

    private static HttpClient ClientOf(string address) =>
        new() { BaseAddress = new Uri(address), DefaultRequestHeaders = { Authorization = new("Bearer", TestDesk.AdminKey) } };

    /// <summary>SIGKILL: no handler of its own runs.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.Dispose();
        Client.Dispose();
    }
}
