using System.Text.Json;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web.Json;
using Npgsql;

namespace HelpDesk.Ops;

/// <summary>Writes down who signed in and out. Nothing of a session itself, which opens these pages.</summary>
internal sealed class SessionLog(NpgsqlDataSource database, DeskClock clock, EndedSessions ended)
{
    public async Task Started(Caller caller, Session session, HttpContext http, CancellationToken cancel)
    {
        await using var transaction = await DeskTransaction.Begin(database, cancel);
        await Write(transaction, "session.started", caller, new { With = session.Person is null ? "key" : "token", session.ExpiresAt }, http, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>From here on no server takes it.</summary>
    public async Task End(Caller caller, Session session, HttpContext http, CancellationToken cancel)
    {
        await using var transaction = await DeskTransaction.Begin(database, cancel);
        if (!await ended.Add(transaction, session, cancel)) return;
        await Write(transaction, "session.ended", caller, new { }, http, cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task Write(DeskTransaction transaction, string type, Caller caller, object data, HttpContext http, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction.Transaction);
        EventLog.Append(batch, [new(type, await clock.Now(cancel), caller.Id, http.TraceIdentifier, JsonSerializer.Serialize(data, JsonConventions.Options))]);
        await batch.ExecuteNonQueryAsync(cancel);
    }
}
