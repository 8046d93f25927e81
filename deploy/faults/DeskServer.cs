using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace HelpDesk.Faults;

/// <summary>One desk: a process that is started, killed and started again, always on the same port and with the same settings.</summary>
internal sealed class DeskServer(string name, Ground ground, Timeline timeline, IReadOnlyDictionary<string, string> settings) : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private const int MostWords = 15;
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };

    private readonly StreamWriter log = new(ground.File($"{name}.log")) { AutoFlush = true };
    private readonly List<string> lastWords = [];
    private volatile Process? process;
    private volatile Process? struck;

    public string Name => name;

    public string Url { get; } = $"http://127.0.0.1:{FreePort()}";

    public bool IsReady { get; private set; }

    public bool IsAlive => process is { HasExited: false };

    public async Task Start(CancellationToken cancel)
    {
        var started = Launch();
        var began = TimeProvider.System.GetTimestamp();
        while (!await Answers(cancel))
        {
            if (WasStruck(started)) return;
            // It may have been struck since: that is said before the blow falls.
            if (started.HasExited && !WasStruck(started)) throw new DrillFailed(await Ended(started, cancel));
            if (TimeProvider.System.GetElapsedTime(began) > Patience) throw new DrillFailed($"Desk {name} did not become ready within {Patience.TotalSeconds:0} seconds.");
            await Task.Delay(Look, TimeProvider.System, cancel);
        }

        if (WasStruck(started)) return;
        timeline.Ready(name);
        IsReady = true;
    }

    /// <summary>Killed while it started: whoever did so starts it again, and may have done so already.</summary>
    private bool WasStruck(Process started) => struck == started || process != started;

    private Process Launch()
    {
        // The pipe of its input is how it notices that the drill has gone.
        var start = new ProcessStartInfo("dotnet", [ground.Desk]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in settings) start.Environment[key] = value;
        start.Environment["ASPNETCORE_URLS"] = Url;
        start.Environment["HELPDESK_DATA"] = ground.File(name);
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        var started = Process.Start(start) ?? throw new DrillFailed($"Desk {name} could not be started.");
        process = started;
        lock (log) lastWords.Clear();
        started.OutputDataReceived += (_, line) => Log(line.Data);
        started.ErrorDataReceived += (_, line) =>
        {
            Keep(line.Data);
            Log(line.Data);
        };
        started.BeginOutputReadLine();
        started.BeginErrorReadLine();
        Log($"---- {Timeline.Now} started as {started.Id}");
        return started;
    }

    private async Task<bool> Answers(CancellationToken cancel)
    {
        try
        {
            using var answer = await Http.GetAsync($"{Url}/health/ready", cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>As if its machine had lost its power: no warning, nothing is finished.</summary>
    public async Task Kill(CancellationToken cancel)
    {
        if (process is not { HasExited: false } alive) return;
        (struck, IsReady) = (alive, false);
        var kill = timeline.Killed(name);
        alive.Kill();
        await alive.WaitForExitAsync(cancel);
        kill.Over();
        Log($"---- {Timeline.Now} killed {alive.Id}");
    }

    private async Task<string> Ended(Process started, CancellationToken cancel)
    {
        // What it said last may still be on its way.
        await started.WaitForExitAsync(cancel);
        lock (log) return $"Desk {name} ended of itself, exit code {started.ExitCode}. {(lastWords.Count == 0 ? "It said nothing." : $"It said:\n{string.Join('\n', lastWords)}")}";
    }

    private void Log(string? line)
    {
        if (line is null) return;
        lock (log) log.WriteLine(line);
    }

    /// <summary>What it ends with is not in its own log, which goes the other way.</summary>
    private void Keep(string? line)
    {
        lock (log)
        {
            if (line is not null && lastWords.Count < MostWords) lastWords.Add(line);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        timeline.Stopped(name);
        if (process is { HasExited: false }) process.Kill();
        process?.Dispose();
        lock (log) log.Dispose();
    }
}
