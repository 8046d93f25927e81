using System.Security.Cryptography;
using System.Text;
using HelpDesk.Database;
using HelpDesk.Time;
using Npgsql;

namespace HelpDesk.Access;

/// <summary>
/// Sessions that somebody signed out of, until they would have ended of themselves: a cookie that was copied is then good at no server. Each is asked about whenever it is shown, by the key of a
/// table that holds no more than a session's length of sign-outs. A hash is kept, not the session.
/// </summary>
internal sealed class EndedSessions(NpgsqlDataSource database, TimeProvider machine)
{
    public async Task<bool> Has(Session session, CancellationToken cancel)
    {
        await using var command = database.JoinedCommand("select exists (select from ended_sessions where hash = $1)");
        command.Parameters.AddWithValue(Hash(session));
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>In the transaction of the sign-out. Those that are over anyway are forgotten by the way.</summary>
    /// <returns>Whether it was not ended before.</returns>
    public async Task<bool> Add(DeskTransaction transaction, Session session, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction.Transaction);
        batch.BatchCommands.Add(new("delete from ended_sessions where ends_at <= $1") { Parameters = { new() { Value = machine.GetCurrentInstant().ToUtc() } } });
        batch.BatchCommands.Add(new("insert into ended_sessions (hash, ends_at) values ($1, $2) on conflict do nothing") { Parameters = { new() { Value = Hash(session) }, new() { Value = session.ExpiresAt.ToUtc() } } });
        await batch.ExecuteNonQueryAsync(cancel);
        return batch.BatchCommands[1].RecordsAffected == 1;
    }

    private static byte[] Hash(Session session) => SHA256.HashData(Encoding.UTF8.GetBytes(session.Text));
}
