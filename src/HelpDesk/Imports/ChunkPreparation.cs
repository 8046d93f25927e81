using HelpDesk.Commitments;
using HelpDesk.CustomFields;
using HelpDesk.Events;
using HelpDesk.Policies;
using HelpDesk.Search;
using HelpDesk.Tickets;
using HelpDesk.Web;
using Npgsql;

namespace HelpDesk.Imports;

/// <summary>Makes rows of lines.</summary>
internal sealed class ChunkPreparation(TicketDesk desk, PolicyShelf policies, SearchLanguages languages)
{
    /// <summary>What was prepared is played up to an instant that may be so long ago.</summary>
    private static readonly Duration Fresh = Duration.FromMinutes(1);

    /// <summary>Over a connection of its own, while another writes the chunk before. Null where that did not go well.</summary>
    public Task<PreparedChunk?> PrepareAhead(ChunkOrder order, PreparedChunk before, CancellationToken cancel) => Task.Run(async () =>
    {
        try
        {
            await using var connection = await desk.Database.OpenConnectionAsync(cancel);
            return await Prepare(connection, order, before, cancel);
        }
        // Whatever it was is met again when the chunk's turn comes.
        catch (Exception)
        {
            return null;
        }
    }, CancellationToken.None);

    /// <summary>Null after the last.</summary>
    /// <param name="before">The chunk before, where that is not written yet: null holds the customers for the caller's transaction.</param>
    public async Task<PreparedChunk?> Prepare(NpgsqlConnection connection, ChunkOrder order, PreparedChunk? before, CancellationToken cancel)
    {
        if (await ImportUploads.Read(connection, order.Import.UploadId, order.Number, cancel) is not { } chunk) return null;
        var reader = new LineReader(await CustomFieldValues.Load(connection, cancel), order.Now);
        var read = reader.Read(chunk).ToList();
        await desk.Templates.Refresh(connection, cancel);
        var (known, requesters, inForce) = await Basis(connection, read, isHeld: before is null, order.Import, cancel);
        if (before is not null)
        {
            known.UnionWith(before.Refs.Intersect(KnownRefs.Of(read)));
            if (order.Import.DryRun) requesters.Suppose(before.Requesters.NewEmails.ToHashSet());
            else requesters.Foresee(before.Requesters);
        }

        var seen = known.ToHashSet();
        var fresh = read.Where(line => line.Ticket is { } ticket && seen.Add(KnownRefs.Of(ticket))).ToList();
        var ids = order.Import.DryRun ? new Queue<long>() : await Numbers(connection, fresh.Count, cancel);
        var (played, faults) = Play(fresh, requesters, new(desk, inForce, order.Now), ids, order.Now);
        var rows = new NpgsqlBatch();
        if (order.Import.DryRun) ImportSeen.Append(rows, order.Import.UploadId, [.. played.Select(each => ImportSeen.Of(KnownRefs.Of(each.Line.Ticket!))), .. requesters.NewEmails.Select(ImportSeen.Of)]);
        else Append(rows, order, played, requesters, await TicketTexts.Read(connection, [.. played.Select(Text)], cancel));
        return new(order, chunk.Lines, read, known, inForce, requesters, played, faults, rows);
    }

    /// <summary>Whether it would come out the same now. Holds its customers for the transaction.</summary>
    public async Task<bool> Holds(NpgsqlConnection connection, PreparedChunk chunk, Instant now, CancellationToken cancel)
    {
        if (now < chunk.Order.Now || now - chunk.Order.Now > Fresh) return false;
        var (known, requesters, inForce) = await Basis(connection, chunk.Read, isHeld: true, chunk.Order.Import, cancel);
        return known.SetEquals(chunk.Known) && inForce.SequenceEqual(chunk.Policies) && requesters.AreWhatIsKnownOf(chunk.Requesters);
    }

    private async Task<(HashSet<(string Source, string Ref)> Known, ImportedRequesters Requesters, IReadOnlyList<ShelvedPolicy> InForce)> Basis(
        NpgsqlConnection connection, IReadOnlyList<LineRead> read, bool isHeld, ImportOrder import, CancellationToken cancel)
    {
        var (known, requesters) = (await KnownRefs.Read(connection, read, cancel), await ImportedRequesters.Read(connection, read, isHeld, cancel));
        if (import.DryRun)
        {
            var seen = await ImportSeen.Read(connection, import.UploadId, [.. KnownRefs.Of(read).Select(ImportSeen.Of), .. requesters.Asked.Select(ImportSeen.Of)], cancel);
            known.UnionWith(KnownRefs.Of(read).Where(name => seen.Contains(ImportSeen.Of(name))));
            requesters.Suppose(requesters.Asked.Where(email => seen.Contains(ImportSeen.Of(email))).ToHashSet());
        }

        return (known, requesters, await policies.InForce(connection, cancel));
    }

    private static async Task<Queue<long>> Numbers(NpgsqlConnection connection, int count, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select nextval('ticket_numbers') from generate_series(1, $1)", connection) { Parameters = { new() { Value = count } } };
        await using var row = await command.ExecuteReaderAsync(cancel);
        var numbers = new Queue<long>(count);
        while (await row.ReadAsync(cancel)) numbers.Enqueue(row.GetInt64(0));
        return numbers;
    }

    private static (List<PlayedTicket> Played, List<LineRead> Faults) Play(List<LineRead> fresh, ImportedRequesters requesters, HistoryPlay playing, Queue<long> ids, Instant now)
    {
        var (played, faults) = (new List<PlayedTicket>(fresh.Count), new List<LineRead>());
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
                faults.Add(LineReader.Faulty(line.Line, error));
            }
        }

        return (played, faults);
    }

    private TicketText Text(PlayedTicket each) =>
        new(each.Ticket.Id, languages.For(each.Ticket.Requester.Locale), each.Ticket.Subject, [.. each.Messages.Select(message => message.Body)]);

    private void Append(NpgsqlBatch rows, ChunkOrder order, List<PlayedTicket> played, ImportedRequesters requesters, IReadOnlyList<TicketDocument> documents)
    {
        TicketTexts.Follow(rows);
        requesters.Append(rows, order.Now);
        TicketWriter.AppendNew(rows, [.. played.Select(each => each.Ticket)], desk.Settings.CloseAfter);
        MessageLog.Append(rows, [.. played.SelectMany(each => each.Messages)]);
        TicketTexts.AppendMany(rows, documents);
        LedgerWriter.AppendRows(rows, [.. played.Select(each => each.Ticket.Ledger)]);
        EventLog.Append(rows, [.. requesters.Events(order.Actor, order.RequestId, order.Now), .. played.Select(each => ImportEvents.Imported(each, order))]);
    }
}
