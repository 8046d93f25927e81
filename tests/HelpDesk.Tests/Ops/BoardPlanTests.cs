using HelpDesk.Deadlines;
using HelpDesk.Ops;
using HelpDesk.Tests.Support;
using Npgsql;

namespace HelpDesk.Tests.Ops;

/// <summary>The board's lists walk their own indexes, so that they cost what is owed and not what the desk has ever promised.</summary>
internal sealed class BoardPlanTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 3, 2, 8, 0);

    private TestDatabase database = null!;

    [OneTimeSetUp]
    public void Create() => database = TestDatabase.Create();

    [OneTimeTearDown]
    public void Drop() => database.Dispose();

    private static readonly BoardQuery Plain = new(4, null, null, null, false, null);

    [Test]
    public async Task Every_list_of_promises_walks_an_index_of_what_is_owed([Values] PromiseShelf shelf, [Values] bool isFiltered, [Values] bool isFurther)
    {
        var query = isFiltered ? Plain with { Queue = "billing", Priority = Priority.High, Assignee = "anna", Kind = CommitmentKind.Update } : Plain;
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("", connection);
        PromiseQueries.Write(command, shelf, query, Now, 51, isFurther ? (Now, Guid.Empty) : null);
        // The few rows of a test would be read whole otherwise. A condition that an index does not serve still could not use it.
        command.CommandText = "explain " + command.CommandText;
        await using (var setting = new NpgsqlCommand("set enable_seqscan = off; set enable_bitmapscan = off; set enable_hashjoin = off; set enable_mergejoin = off", connection)) await setting.ExecuteNonQueryAsync();
        var plan = new List<string>();
        await using (var row = await command.ExecuteReaderAsync())
        {
            while (await row.ReadAsync()) plan.Add(row.GetString(0));
        }

        var scans = plan.Where(line => line.Contains(" on commitments ", StringComparison.Ordinal)).ToList();
        Assert.That(scans, Has.Count.EqualTo(shelf == PromiseShelf.Overdue ? 2 : 1), string.Join('\n', plan));
        Assert.That(scans, Has.All.Contains("Index Scan using commitments_promising").Or.Contains("Index Scan using commitments_overdue"), string.Join('\n', plan));
    }
}
