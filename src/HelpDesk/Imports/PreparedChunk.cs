using HelpDesk.Policies;
using Npgsql;

namespace HelpDesk.Imports;

/// <summary>Which chunk of which upload is to be prepared, for whom, as of when.</summary>
internal sealed record ChunkOrder(Guid Job, ImportOrder Import, int Number, string Actor, string? RequestId, Instant Now);

/// <summary>A chunk that has been read, played and made into rows, and what of the desk it was made of.</summary>
/// <param name="Read">Its lines, blank ones left out.</param>
/// <param name="Known">Names of tickets that the desk had.</param>
/// <param name="Faults">What only playing found.</param>
/// <param name="Rows">What is to be written; of a dry run, only what later chunks must know.</param>
internal sealed record PreparedChunk(
    ChunkOrder Order, int Lines, IReadOnlyList<LineRead> Read, IReadOnlySet<(string Source, string Ref)> Known, IReadOnlyList<ShelvedPolicy> Policies, ImportedRequesters Requesters,
    IReadOnlyList<PlayedTicket> Played, IReadOnlyList<LineRead> Faults, NpgsqlBatch Rows)
{
    public bool IsOf(ImportOrder order, int number) => (Order.Import.UploadId, Order.Number) == (order.UploadId, number);

    /// <summary>Lines of tickets that were known, or stood in the file before.</summary>
    public int Repeated => Read.Count(line => line.Ticket is not null) - Played.Count - Faults.Count;

    /// <summary>Which names the desk will have of those that were asked for, once it is written.</summary>
    public IEnumerable<(string Source, string Ref)> Refs => Played.Select(each => KnownRefs.Of(each.Line.Ticket!));
}
