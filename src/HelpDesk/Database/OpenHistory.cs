using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations.Internal;

namespace HelpDesk.Database;

/// <summary>
/// The history of migrations without EF's lock on it: held for as long as a migration takes, it kept every server that is asked whether it is ready waiting. Who migrates has a lock already
/// (<see cref="SchemaVersion"/>), which nobody else asks for.
/// </summary>
[SuppressMessage("Usage", "EF1001", Justification = "The package is pinned, and a test has a server asked while a migration runs.")]
internal sealed class OpenHistory(HistoryRepositoryDependencies dependencies) : NpgsqlHistoryRepository(dependencies)
{
    public override IMigrationsDatabaseLock AcquireDatabaseLock() => new Nothing(this);

    public override Task<IMigrationsDatabaseLock> AcquireDatabaseLockAsync(CancellationToken cancellationToken = default) => Task.FromResult<IMigrationsDatabaseLock>(new Nothing(this));

    private sealed class Nothing(IHistoryRepository history) : IMigrationsDatabaseLock
    {
        public IHistoryRepository HistoryRepository => history;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
