using HelpDesk.Web;
using HelpDesk.Web.OpenApi;

namespace HelpDesk.Database;

/// <summary><c>dotnet HelpDesk.dll migrate</c>: brings the database to this build's migrations and ends, with exit code 0 where that is done.</summary>
internal static class MigrateCommand
{
    private const string Word = "migrate";

    /// <summary>Whether it was asked for, and the arguments that are configuration.</summary>
    public static (bool IsAsked, string[] Settings) Read(string[] args)
    {
        if (DocumentRun.IsOn || args is not [{ } first, ..] || first.StartsWith('-') || first.StartsWith('/') || first.Contains('=')) return (false, args);
        return first == Word ? (true, args[1..])
            : throw new WrongConfiguration($"'{first}' is no command. The desk is started without one; '{Word}' brings its database to this build's migrations, 'configuration' lists its keys, 'health' asks one that runs.");
    }

    public static async Task Run(WebApplication app)
    {
        IReadOnlyCollection<string> before = [];
        await PatientStart.Do(app.Services, async cancel => before = await app.Services.GetRequiredService<SchemaHistory>().Applied(cancel), app.Lifetime.ApplicationStopping);
        await SchemaVersion.Migrate(app.Services, app.Lifetime.ApplicationStopping);
        await PatientStart.Do(app.Services, cancel => Tell(app.Services, before, cancel), app.Lifetime.ApplicationStopping);
    }

    private static async Task Tell(IServiceProvider services, IReadOnlyCollection<string> before, CancellationToken cancel)
    {
        var after = await services.GetRequiredService<SchemaHistory>().Applied(cancel);
        var later = await SchemaVersion.Later(services, cancel);
        Console.WriteLine((after.Count == before.Count ? $"The database has all {after.Count - later.Count} migrations: there was nothing to do."
            : $"The database has all {after.Count - later.Count} migrations; applied now: {string.Join(", ", after.Except(before))}.")
            + (later.Count == 0 ? "" : $" It has those of a later version too, beside which this one serves: {string.Join(", ", later)}."));
    }
}
