using HelpDesk.Web;
using HelpDesk.Web.Problems;
using Npgsql;

namespace HelpDesk.Database;

/// <summary>What a start asks of the database. One that is away, as when both are started together or it is just restarted, is waited for.</summary>
internal static partial class PatientStart
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <param name="step">Begun anew where the database went away in it.</param>
    /// <exception cref="WrongConfiguration">It lets nobody in, or stays away.</exception>
    public static async Task Do(IServiceProvider services, Func<CancellationToken, Task> step, CancellationToken cancel)
    {
        var machine = services.GetRequiredService<TimeProvider>();
        long? awaySince = null;
        while (true)
        {
            var began = machine.GetTimestamp();
            try
            {
                await step(cancel);
                return;
            }
            catch (Exception error) when (DatabaseAway.Caused(error) || Refused(error))
            {
                // A step that went on for long, as a migration may, had a database meanwhile.
                if (awaySince is null || machine.GetElapsedTime(began) > Patience) awaySince = machine.GetTimestamp();
                if (Refused(error) || machine.GetElapsedTime(awaySince.Value) > Patience)
                {
                    throw new WrongConfiguration($"ConnectionStrings:HelpDesk leads to no database that can be used: {error.GetBaseException().Message}", error);
                }

                LogAway(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(PatientStart)), error.GetBaseException().Message);
                await Task.Delay(Pause, machine, cancel);
            }
        }
    }

    /// <summary>It is there, and does not let this user in.</summary>
    private static bool Refused(Exception error) => error.GetBaseException() is PostgresException { SqlState: ['2', '8', ..] };

    [LoggerMessage(1101, LogLevel.Warning, "The database is away ({Reason}); trying again")]
    private static partial void LogAway(ILogger log, string reason);
}
