using System.Globalization;

namespace HelpDesk.Replay;

/// <summary>What deploy/replay-incidents and deploy/import-servicenow call.</summary>
internal static class ReplayProgram
{
    private const int Every = 250;
    private const int NotPlayed = 1;
    private const int SilentBreach = 3;

    public static async Task<int> Main(string[] args)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        try
        {
            return args is ["--lines", var log] ? await WriteLines(log) : await Play(args, stop.Token);
        }
        catch (Exception error) when (error is ReplayFailed or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"{Name(args)}: {error.Message}");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"{Name(args)}: stopped.");
        }

        return NotPlayed;
    }

    private static string Name(string[] args) => args is ["--lines", ..] ? "deploy/import-servicenow" : "deploy/replay-incidents";

    /// <summary>What deploy/import-servicenow calls.</summary>
    private static async Task<int> WriteLines(string log)
    {
        await ImportLines.Write(IncidentLog.Read(log), Console.Out);
        return 0;
    }

    private static async Task<int> Play(string[] args, CancellationToken cancel)
    {
        var (log, calendar, policy) = Read(args);
        var desk = Desk.At(Setting("HELPDESK_URL"), Setting("HELPDESK_KEY"));
        var began = TimeProvider.System.GetTimestamp();
        var outcome = await new Playback(desk, calendar, policy, Tell).Run(IncidentLog.Read(log), cancel);
        new Table(outcome, Console.Out).Write();
        var took = TimeProvider.System.GetElapsedTime(began);
        await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Played in {took.TotalSeconds:0.0} s."));
        return outcome.Holds ? 0 : SilentBreach;
    }

    private static (string Log, string Calendar, string Policy) Read(string[] args)
    {
        string? log = null;
        var (calendar, policy) = (Playback.CalendarFile, Playback.PolicyFile);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--calendar" when i + 1 < args.Length: calendar = args[++i]; break;
                case "--policy" when i + 1 < args.Length: policy = args[++i]; break;
                case var file when log is null && !file.StartsWith('-'): log = file; break;
                default: throw new ReplayFailed($"\"{args[i]}\" is not understood; --help says what is.");
            }
        }

        return (log ?? throw new ReplayFailed("Name the file to replay."), calendar, policy);
    }

    private static string Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : throw new ReplayFailed($"{name} is not set.");

    private static void Tell(Instant now, int done, int all)
    {
        if (done % Every == 0 || done == all) Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {now}: {done:N0} of {all:N0} instants"));
    }
}
