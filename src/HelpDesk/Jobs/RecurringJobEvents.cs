using System.Text.Json;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.Web.Json;
using Npgsql;

namespace HelpDesk.Jobs;

/// <summary>What the log says of them.</summary>
internal static class RecurringJobEvents
{
    public static async Task Write(DeskTransaction transaction, string type, object data, Caller caller, HttpContext http, Instant now, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction.Transaction);
        EventLog.Append(batch, [new(type, now, caller.Id, http.TraceIdentifier, JsonSerializer.Serialize(data, JsonConventions.Options))]);
        await batch.ExecuteNonQueryAsync(cancel);
    }
}
