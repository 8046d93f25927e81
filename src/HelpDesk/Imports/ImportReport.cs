using System.Text.Json;
using HelpDesk.LongWork;
using HelpDesk.Web.Json;

namespace HelpDesk.Imports;

/// <summary>What a job of importing tells besides its counts: what is wrong with which line, as much of it as is listed.</summary>
internal sealed record ImportFindings(IReadOnlyList<LineFault> Errors, long ErrorsLeftOut);

/// <summary>Adds to what a job tells, in the transaction of the step.</summary>
internal sealed class ImportReport
{
    private readonly HeldJob job;
    private readonly int most;
    private readonly List<LineFault> errors;
    private long leftOut;

    public ImportReport(HeldJob job, int most)
    {
        var before = job.Result is { } json ? JsonSerializer.Deserialize<ImportFindings>(json, JsonConventions.Options)! : new([], 0);
        (this.job, this.most, errors, leftOut) = (job, most, [.. before.Errors], before.ErrorsLeftOut);
        foreach (var name in new[] { "imported", "known", "faulty", "customers", "messages", "commitments", "promises" }) job.Counts.TryAdd(name, 0);
    }

    /// <summary>Counts a chunk, and lists what is wrong in it.</summary>
    public void Take(PreparedChunk chunk)
    {
        foreach (var line in chunk.Read.Concat(chunk.Faults)) Faulty(line.Faults);
        var commitments = chunk.Played.SelectMany(each => each.Ticket.Clock.Commitments).ToList();
        Add("known", chunk.Repeated);
        Add("imported", chunk.Played.Count);
        Add("customers", chunk.Requesters.New);
        Add("messages", chunk.Played.Sum(each => each.Messages.Count));
        Add("commitments", commitments.Count);
        Add("promises", commitments.Sum(commitment => commitment.Promises.Length));
        Save();
    }

    private void Add(string name, long count) => job.Counts[name] += count;

    /// <summary>All that is wrong with one line; nothing, where it is good.</summary>
    private void Faulty(IReadOnlyList<LineFault> faults)
    {
        if (faults.Count == 0) return;
        Add("faulty", 1);
        var listed = faults.Take(most - errors.Count).ToList();
        errors.AddRange(listed);
        leftOut += faults.Count - listed.Count;
    }

    /// <summary>By line: what only playing found stands where it belongs.</summary>
    private void Save() => job.Result = JsonSerializer.Serialize(new ImportFindings([.. errors.OrderBy(error => error.Line)], leftOut), JsonConventions.Options);
}
