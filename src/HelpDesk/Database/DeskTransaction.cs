using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace HelpDesk.Database;

/// <summary>
/// The transaction of one act: of its own, or a part of the request's where there is one. A part is kept by its commit, and committed with the request; a part
/// that is left without a commit is undone alone, and the request goes on.
/// </summary>
internal sealed class DeskTransaction : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task> commit;
    private readonly Func<bool, ValueTask> end;
    private bool isCommitted;
    private bool isOver;

    private DeskTransaction(NpgsqlTransaction transaction, Func<CancellationToken, Task> commit, Func<bool, ValueTask> end)
    {
        Transaction = transaction;
        Connection = transaction.Connection!;
        this.commit = commit;
        this.end = end;
    }

    public NpgsqlConnection Connection { get; }

    public NpgsqlTransaction Transaction { get; }

    public static async Task<DeskTransaction> Begin(NpgsqlDataSource database, CancellationToken cancel)
    {
        if (await Join(cancel) is { } part) return part;
        var connection = await database.OpenConnectionAsync(cancel);
        try
        {
            var transaction = await connection.BeginTransactionAsync(cancel);
            return new(transaction, transaction.CommitAsync, async _ =>
            {
                await transaction.DisposeAsync();
                await connection.DisposeAsync();
            });
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public static async Task<DeskTransaction> Begin(HelpDeskDb db, CancellationToken cancel)
    {
        if (await Join(cancel) is { } part) return part;
#pragma warning disable RS0030 // There is none to join.
        var transaction = await db.Database.BeginTransactionAsync(cancel);
#pragma warning restore RS0030
        return new((NpgsqlTransaction)transaction.GetDbTransaction(), transaction.CommitAsync, _ => transaction.DisposeAsync());
    }

    /// <summary>A part of the request's transaction; null where that has none, and each statement or batch is its own.</summary>
    public static async Task<DeskTransaction?> Join(CancellationToken cancel)
    {
        if (RequestTransaction.Current is not { } request) return null;
        var savepoint = await request.Save(cancel);
        var transaction = request.Transaction;
        return new(transaction, _ => Task.CompletedTask, async isCommitted =>
        {
            // A connection that was lost has undone everything by itself.
            if (!isCommitted && transaction.Connection is { State: System.Data.ConnectionState.Open }) await transaction.RollbackAsync(savepoint, CancellationToken.None);
        });
    }

    public async Task CommitAsync(CancellationToken cancel)
    {
        await commit(cancel);
        isCommitted = true;
    }

    /// <summary>May be asked twice.</summary>
    public ValueTask DisposeAsync()
    {
        if (isOver) return ValueTask.CompletedTask;
        isOver = true;
        return end(isCommitted);
    }
}

internal static class Joining
{
    /// <summary>A transaction for what a use case does through EF.</summary>
    public static Task<DeskTransaction> Begin(this HelpDeskDb db, CancellationToken cancel) => DeskTransaction.Begin(db, cancel);

    /// <summary>
    /// For lists and searches, whose best plan depends on what is asked for: a plan made for any value at all is the wrong one for most. They end after a page,
    /// so that neither compiling them nor sharing them among processes pays.
    /// </summary>
    public static async Task<DeskTransaction> BeginReading(this HelpDeskDb db, CancellationToken cancel)
    {
        var transaction = await DeskTransaction.Begin(db, cancel);
        await db.Database.ExecuteSqlRawAsync("set local plan_cache_mode = force_custom_plan; set local jit = off; set local max_parallel_workers_per_gather = 0", cancel);
        return transaction;
    }

    /// <summary>A command over the request's own connection inside its transaction, else over one from the pool.</summary>
    public static NpgsqlCommand JoinedCommand(this NpgsqlDataSource database, string sql) =>
        RequestTransaction.Current is { } request ? new NpgsqlCommand(sql, request.Connection, request.Transaction) : database.CreateCommand(sql);

    /// <summary>A command over the connection at hand; over the request's own, or one from the pool, where that is null.</summary>
    public static NpgsqlCommand CommandOver(this NpgsqlDataSource database, NpgsqlConnection? connection, string sql) =>
        connection is null ? database.JoinedCommand(sql) : new NpgsqlCommand(sql, connection);

    /// <summary>A batch over the request's own connection inside its transaction, else over one from the pool, where it is a transaction of its own.</summary>
    public static NpgsqlBatch JoinedBatch(this NpgsqlDataSource database) =>
        RequestTransaction.Current is { } request ? new NpgsqlBatch(request.Connection, request.Transaction) : database.CreateBatch();
}
