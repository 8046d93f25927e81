using System.Text.Json;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.LongWork;
using HelpDesk.Tickets;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using Npgsql;

namespace HelpDesk.Imports;

/// <summary>
/// Imports a chunk of lines to each step: tickets, customers, messages, what was promised, the log and how far it has come commit together, so that no line is taken twice. Nobody is
/// written to. The next chunk is prepared while the database writes the one before; what was prepared is written if it would come out the same now, and else done again.
/// </summary>
internal sealed class ImportTickets(TicketDesk desk, ChunkPreparation preparation, ImportOptions options)
{
    public const string Kind = "ticket_import";

    private Task<PreparedChunk?>? ahead;

    /// <summary>The file is of no use any more where the job has ended, and whoever it tells of may have asked to be forgotten.</summary>
    public static NpgsqlBatchCommand Forgetting(string request) => ImportUploads.Forgetting(JsonSerializer.Deserialize<ImportOrder>(request, JsonConventions.Options)!.UploadId);

    public async Task<bool> Step(Guid id, Instant now, CancellationToken cancel)
    {
        // Waited for while no connection is held: it may want the last one.
        var begun = Interlocked.Exchange(ref ahead, null) is { } preparing ? await preparing.WaitAsync(cancel) : null;
        await using var transaction = await DeskTransaction.Begin(desk.Database, cancel);
        var connection = transaction.Connection;
        if (await HeldJob.TryHold(connection, id, cancel) is not { } job) return false;
        var order = JsonSerializer.Deserialize<ImportOrder>(job.Request, JsonConventions.Options)!;
        job.Total ??= order.Lines;
        var number = (int)((job.LastDone ?? -1) + 1);
        var chunk = begun is not null && begun.IsOf(order, number) && await preparation.Holds(connection, begun, now, cancel)
            ? begun : await preparation.Prepare(connection, new(id, order, number, job.Actor, job.RequestId, now), null, cancel);
        if (chunk is null && job.Done < order.Lines) throw Refusal.Conflict("upload-gone", "The file that was uploaded is not there any more: send it again.");
        await using var batch = chunk?.Rows ?? new NpgsqlBatch();
        (batch.Connection, batch.Transaction) = (connection, transaction.Transaction);
        if (chunk is not null)
        {
            new ImportReport(job, options.MostErrors).Take(chunk);
            (job.LastDone, job.Done) = (number, job.Done + chunk.Lines);
        }

        var isOver = job.Done >= order.Lines;
        batch.BatchCommands.Add(job.Save(isOver, now));
        if (isOver)
        {
            batch.BatchCommands.Add(ImportUploads.Forgetting(order.UploadId));
            EventLog.Append(batch, [job.Ended(now)]);
        }
        else
        {
            ahead = preparation.PrepareAhead(new(id, order, number + 1, job.Actor, job.RequestId, now), chunk!, cancel);
        }

        try
        {
            await batch.ExecuteNonQueryAsync(cancel);
        }
        // Somebody else made the same ticket or customer in the meantime, or merged or erased her: the next step looks again.
        catch (PostgresException error) when (error.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation)
        {
            return true;
        }

        await transaction.CommitAsync(cancel);
        if (!order.DryRun) desk.SweepBell.RingFor([.. chunk?.Played.Select(each => each.Ticket) ?? []], now);
        return true;
    }
}
