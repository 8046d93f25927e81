using System.Text.Json;
using HelpDesk.Commitments;
using HelpDesk.CustomFields;
using HelpDesk.Database;
using HelpDesk.Events;
using HelpDesk.LongWork;
using HelpDesk.Policies;
using HelpDesk.Search;
using HelpDesk.Tickets;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using Npgsql;

namespace HelpDesk.Imports;

/// <summary>
/// Imports a chunk of lines to each step: tickets, customers, messages, what was promised, the log and how far it has come commit together, so that no line is taken twice. Nobody is
/// written to.
/// </summary>
internal sealed class ImportTickets(TicketDesk desk, PolicyShelf policies, SearchLanguages languages, ImportOptions options)
{
    public const string Kind = "ticket_import";

    /// <summary>The next chunk, read while the database writes the one before.</summary>
    private ReadAhead? ahead;

    public async Task<bool> Step(Guid id, Instant now, CancellationToken cancel)
    {
        await using var transaction = await DeskTransaction.Begin(desk.Database, cancel);
        var connection = transaction.Connection;
        if (await HeldJob.TryHold(connection, id, cancel) is not { } job) return false;
        var order = JsonSerializer.Deserialize<ImportOrder>(job.Request, JsonConventions.Options)!;
        job.Total ??= order.Lines;
        await using var batch = connection.CreateBatch();
        batch.Transaction = transaction.Transaction;
        var number = (int)((job.LastDone ?? -1) + 1);
        var imported = new List<Ticket>();
        if (await Chunk(connection, order.UploadId, number, now, cancel) is { } chunk)
        {
            imported = await Import(connection, batch, job, order, await chunk.Lines, now, cancel);
            (job.LastDone, job.Done) = (number, job.Done + chunk.Count);
            ahead = job.Done < order.Lines ? await Begin(connection, order.UploadId, number + 1, now, cancel) : null;
        }
        else if (job.Done < order.Lines)
        {
            throw Refusal.Conflict("upload-gone", "The file that was uploaded is not there any more: send it again.");
        }

        var isOver = job.Done >= order.Lines;
        batch.BatchCommands.Add(job.Save(isOver, now));
        if (isOver)
        {
            batch.BatchCommands.Add(ImportUploads.Forgetting(order.UploadId));
            EventLog.Append(batch, [job.Ended(now)]);
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
        desk.SweepBell.RingFor(imported, now);
        return true;
    }

    /// <summary>Null after the last.</summary>
    private async Task<ReadAhead?> Chunk(NpgsqlConnection connection, Guid upload, int number, Instant now, CancellationToken cancel) =>
        Interlocked.Exchange(ref ahead, null) is { } begun && begun.Upload == upload && begun.Number == number ? begun : await Begin(connection, upload, number, now, cancel);

    private static async Task<ReadAhead?> Begin(NpgsqlConnection connection, Guid upload, int number, Instant now, CancellationToken cancel)
    {
        if (await ImportUploads.Read(connection, upload, number, cancel) is not { } chunk) return null;
        var reader = new LineReader(await CustomFieldValues.Load(connection, cancel), now);
        return new(upload, number, chunk.Lines, Task.Run(() => reader.Read(chunk).ToList(), CancellationToken.None));
    }

    private sealed record ReadAhead(Guid Upload, int Number, int Count, Task<List<LineRead>> Lines);

    private async Task<List<Ticket>> Import(NpgsqlConnection connection, NpgsqlBatch batch, HeldJob job, ImportOrder order, List<LineRead> read, Instant now, CancellationToken cancel)
    {
        await desk.Templates.Refresh(connection, cancel);
        var report = new ImportReport(job, options.MostErrors);
        foreach (var line in read) report.Faulty(line.Faults);
        var known = await KnownRefs.Read(connection, read, cancel);
        var fresh = read.Where(line => line.Ticket is { } ticket && known.Add((ticket.ExternalSource ?? "", ticket.ExternalRef))).ToList();
        report.Add("known", read.Count(line => line.Ticket is not null) - fresh.Count);
        var requesters = await ImportedRequesters.Read(connection, fresh.Select(line => line.Ticket!), cancel);
        var playing = new HistoryPlay(desk, await policies.InForce(connection, cancel), now);
        var ids = order.DryRun ? new Queue<long>() : await Numbers(connection, fresh.Count, cancel);
        var played = new List<PlayedTicket>(fresh.Count);
        foreach (var line in fresh)
        {
            try
            {
                var requester = requesters.Of(line.Ticket!.Requester, now);
                played.Add(playing.Play(line, requester, ids.TryDequeue(out var next) ? next : 0));
                requesters.Keep(requester);
            }
            catch (Refusal error)
            {
                report.Faulty(LineReader.Faulty(line.Line, error).Faults);
            }
        }

        report.Count(played, requesters.New);
        report.Save();
        if (!order.DryRun) Append(batch, job, played, requesters, now);
        return order.DryRun ? [] : [.. played.Select(each => each.Ticket)];
    }

    private static async Task<Queue<long>> Numbers(NpgsqlConnection connection, int count, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select nextval('ticket_numbers') from generate_series(1, $1)", connection) { Parameters = { new() { Value = count } } };
        await using var row = await command.ExecuteReaderAsync(cancel);
        var numbers = new Queue<long>(count);
        while (await row.ReadAsync(cancel)) numbers.Enqueue(row.GetInt64(0));
        return numbers;
    }

    private void Append(NpgsqlBatch batch, HeldJob job, IReadOnlyList<PlayedTicket> played, ImportedRequesters requesters, Instant now)
    {
        requesters.Append(batch, now);
        TicketWriter.AppendNew(batch, [.. played.Select(each => each.Ticket)], desk.Settings.CloseAfter);
        MessageLog.Append(batch, [.. played.SelectMany(each => each.Messages)]);
        TicketTexts.AppendMany(batch, [.. played.Select(each =>
            new TicketText(each.Ticket.Id, languages.For(each.Ticket.Requester.Locale), each.Ticket.Subject, [.. each.Messages.Select(message => message.Body)]))]);
        LedgerWriter.AppendRows(batch, [.. played.Select(each => each.Ticket.Ledger)]);
        EventLog.Append(batch, [.. requesters.Events(job.Actor, job.RequestId, now), .. played.Select(each => ImportEvents.Imported(each, job, now))]);
    }
}
