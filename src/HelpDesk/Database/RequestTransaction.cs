using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace HelpDesk.Database;

/// <summary>
/// One transaction around a whole request: what the use case writes and what is remembered of the request commit together or not at all. While it is
/// <see cref="Current"/>, every <see cref="DeskTransaction"/> is a part of it and every command goes over its one connection, so that a request never waits
/// for a second one while it holds the first.
/// </summary>
internal sealed class RequestTransaction : IAsyncDisposable
{
    private const string Start = "request";
    private static readonly AsyncLocal<RequestTransaction?> Ambient = new();
    private readonly IDbContextTransaction transaction;
    private readonly List<Action> afterCommit = [];
    private int parts;
    private bool isOver;

    private RequestTransaction(IDbContextTransaction transaction) => this.transaction = transaction;

    /// <summary>Null outside of one, and for work that a request has left running behind it.</summary>
    public static RequestTransaction? Current => Ambient.Value is { isOver: false } current ? current : null;

    public NpgsqlTransaction Transaction => (NpgsqlTransaction)transaction.GetDbTransaction();

    public NpgsqlConnection Connection => Transaction.Connection!;

    /// <param name="db">The request's own: what its handler does through it is in the transaction without further ado.</param>
#pragma warning disable RS0030 // This is what the others join.
    public static async Task<RequestTransaction> Begin(HelpDeskDb db, CancellationToken cancel) => new(await db.Database.BeginTransactionAsync(cancel));
#pragma warning restore RS0030

    /// <summary>It is <see cref="Current"/> for <paramref name="act"/> and all that this calls, and for nobody else.</summary>
    public async Task Around(Func<Task> act, CancellationToken cancel)
    {
        await Transaction.SaveAsync(Start, cancel);
        Ambient.Value = this;
        await act();
    }

    /// <summary>Undoes all that was done <see cref="Around"/>; the transaction goes on.</summary>
    public async Task Undo(CancellationToken cancel)
    {
        afterCommit.Clear();
        await Transaction.RollbackAsync(Start, cancel);
    }

    /// <summary>A savepoint's name. Saving costs no round trip: it travels with the next command.</summary>
    public async Task<string> Save(CancellationToken cancel)
    {
        var name = $"part_{++parts}";
        await Transaction.SaveAsync(name, cancel);
        return name;
    }

    /// <summary>Now, or once the request's transaction has committed: for bells and for what is kept in memory.</summary>
    public static void AfterCommit(Action act)
    {
        if (Current is { } request) request.afterCommit.Add(act);
        else act();
    }

    public async Task Commit(CancellationToken cancel)
    {
        await transaction.CommitAsync(cancel);
        isOver = true;
        foreach (var act in afterCommit) act();
    }

    public ValueTask DisposeAsync()
    {
        isOver = true;
        return transaction.DisposeAsync();
    }
}
