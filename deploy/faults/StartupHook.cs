using System.Diagnostics;
using HelpDesk.Faults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

/// <summary>
/// What .NET runs in a desk's process before the desk (DOTNET_STARTUP_HOOKS names this assembly, and the name of this class is fixed): it gives the desk a
/// clock that the drill can set, and ends the desk when the drill has gone. The desk itself knows nothing of it.
/// </summary>
internal static class StartupHook
{
    public const string ClockFile = "HELPDESK_DRILL_CLOCK";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(ClockFile) is not { Length: > 0 } file) return;
        new Thread(EndWithTheDrill) { IsBackground = true }.Start();
        DiagnosticListener.AllListeners.Subscribe(new Watcher<DiagnosticListener>(listener =>
        {
            if (listener.Name == "Microsoft.Extensions.Hosting") listener.Subscribe(new Watcher<KeyValuePair<string, object?>>(said => Replace(said, file)));
        }));
    }

    /// <summary>Said just before the services are built: what is added now comes last, and counts.</summary>
    private static void Replace(KeyValuePair<string, object?> said, string file)
    {
        if (said is { Key: "HostBuilding", Value: IHostBuilder builder })
        {
            builder.ConfigureServices((_, services) => services.AddSingleton<TimeProvider>(new MovedClock(file)));
        }
    }

    /// <summary>The drill holds the other end of this process's input.</summary>
    private static void EndWithTheDrill()
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
        }

        Environment.Exit(1);
    }

    private sealed class Watcher<T>(Action<T> hear) : IObserver<T>
    {
        public void OnNext(T value) => hear(value);

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
