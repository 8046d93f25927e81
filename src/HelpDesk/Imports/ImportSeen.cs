using System.Security.Cryptography;
using System.Text;
using HelpDesk.Database;
using Npgsql;

namespace HelpDesk.Imports;

/// <summary>
/// What the chunks of a dry run would have brought: tickets, by what their own systems call them, and customers, by their addresses. They are not written, so the chunks that follow could not
/// know of them. Kept as hashes beside the upload, and gone with it.
/// </summary>
internal static class ImportSeen
{
    public static Guid Of((string Source, string Ref) ticket) => Hash($"ticket\0{ticket.Source}\0{ticket.Ref}");

    public static Guid Of(string email) => Hash($"customer\0{email}");

    private static Guid Hash(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    /// <summary>Which of these stood in chunks that are done.</summary>
    public static async Task<HashSet<Guid>> Read(NpgsqlConnection connection, Guid upload, IEnumerable<Guid> names, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select name from import_seen where upload_id = $1 and name = any ($2)", connection);
        new Values(command.Parameters).Uuid(upload);
        command.Parameters.AddWithValue(names.ToArray());
        await using var row = await command.ExecuteReaderAsync(cancel);
        var seen = new HashSet<Guid>();
        while (await row.ReadAsync(cancel)) seen.Add(row.GetGuid(0));
        return seen;
    }

    public static void Append(NpgsqlBatch batch, Guid upload, IEnumerable<Guid> names)
    {
        var command = new NpgsqlBatchCommand("insert into import_seen (upload_id, name) select $1, name from unnest($2) as n (name) on conflict do nothing");
        new Values(command.Parameters).Uuid(upload);
        command.Parameters.AddWithValue(names.ToArray());
        batch.BatchCommands.Add(command);
    }
}
