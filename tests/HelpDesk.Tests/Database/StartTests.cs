using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Database;

internal sealed class StartTests
{
    [Test]
    public async Task Servers_that_start_together_on_an_empty_database_wait_for_one_another()
    {
        using var database = TestDatabase.Empty();
        var desks = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => TestDesk.Start([("Jobs:Enabled", "true")], database: database))));
        foreach (var desk in desks)
        {
            await desk.Anonymous.GetAsync("/health/ready").Json();
            desk.Dispose();
        }
    }
}
