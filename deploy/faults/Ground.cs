namespace HelpDesk.Faults;

/// <summary>What deploy/drill has laid out: the built desk, a folder, and a PostgreSQL that is running.</summary>
/// <param name="Desk">HelpDesk.dll.</param>
/// <param name="Folder">For logs and for what the desks keep.</param>
/// <param name="Connection">To the database, which is empty.</param>
/// <param name="Postgres">The command that starts and stops the server.</param>
/// <param name="PostgresFolder">The folder that it is to be called with.</param>
internal sealed record Ground(string Desk, string Folder, string Connection, string Postgres, string PostgresFolder)
{
    public static Ground Read() =>
        new(Setting("HELPDESK_DRILL_DESK"), Setting("HELPDESK_DRILL_FOLDER"), Setting("HELPDESK_DRILL_CONNECTION"), Setting("HELPDESK_DRILL_POSTGRES"), Setting("HELPDESK_DRILL_POSTGRES_FOLDER"));

    public string File(string name) => Path.Combine(Folder, name);

    private static string Setting(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : throw new DrillFailed($"{name} is not set: start this with deploy/drill.");
}
