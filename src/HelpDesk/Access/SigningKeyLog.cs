using HelpDesk.Database;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Access;

/// <summary>Notes with which key the desk is served, and says so where it is another than the last time: two servers with two keys would contradict each other in silence.</summary>
internal static partial class SigningKeyLog
{
    public static async Task Note(IServiceProvider services, CancellationToken cancel)
    {
        var fingerprint = Convert.ToHexStringLower(services.GetRequiredService<DeskKey>().For("fingerprint"))[..16];
        var database = services.GetRequiredService<NpgsqlDataSource>();
        // Said before it is noted: a start that is broken off in between says it once more, and not never.
        if (await Last(database, cancel) is ({ } last, var at) && last != fingerprint) LogAnother(services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(SigningKeyLog)), at);
        await using var note = database.CreateCommand("insert into signing_keys (fingerprint, started_at) values ($1, $2) on conflict (fingerprint) do update set started_at = excluded.started_at");
        new Values(note.Parameters).Text(fingerprint).Instant(services.GetRequiredService<TimeProvider>().GetCurrentInstant());
        await note.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<(string Fingerprint, DateTime At)?> Last(NpgsqlDataSource database, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select fingerprint, started_at from signing_keys order by started_at desc limit 1");
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? (row.GetString(0), row.GetFieldValue<DateTime>(1)) : null;
    }

    [LoggerMessage(1206, LogLevel.Warning,
        "The signing key (Desk:SigningKey, or the file in HELPDESK_DATA) is another than that of the server that started last, at {At:u}. Links to opt out, addresses for answers and webhooks' secrets "
        + "of the one are worth nothing to the other: servers that share a database must share it. Where the key has just been changed on purpose, nothing is wrong")]
    private static partial void LogAnother(ILogger log, DateTime at);
}
