using Npgsql;

namespace HelpDesk.LongWork;

/// <summary>A kind of long work, and how a step of it is done.</summary>
/// <param name="Name">snake_case; as the table and the API have it.</param>
/// <param name="Step">
/// Does some of it, a second's worth at most, in one transaction that holds its row (<see cref="HeldJob.TryHold"/>) and says in it how far it has come: so that
/// nothing is done twice, whoever dies when. Answers false where somebody else has it, or it is over.
/// </param>
internal sealed record LongWorkKind(string Name, Func<IServiceProvider, Guid, Instant, CancellationToken, Task<bool>> Step)
{
    /// <summary>Of what was asked for (JSON): takes away what was kept for the rest of it, in the transaction that ends it before its end. Null where nothing was.</summary>
    public Func<string, NpgsqlBatchCommand>? Forgetting { get; init; }
}
