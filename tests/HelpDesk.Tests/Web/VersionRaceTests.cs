using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Web;

/// <summary>Two who have read the same version and write at once, on two servers.</summary>
internal sealed class VersionRaceTests : DeskFixture
{
    private const int Rounds = 20;

    private TestDesk other = null!;

    [OneTimeSetUp]
    public void Start_another_server() => other = StartAnother();

    [OneTimeTearDown]
    public void Stop_the_other_server() => other.Dispose();

    [Test]
    public async Task Of_two_that_change_the_same_version_of_a_ticket_one_is_told_that_it_is_stale() =>
        await OneOfTwo($"/v1/tickets/{(await Open())["id"]}", round => $$"""{ "queue": "q{{round}}" }""");

    [Test]
    public async Task Of_two_that_change_the_same_version_of_a_customer_one_is_told_that_it_is_stale() =>
        await OneOfTwo($"/v1/customers/{(await Customer(Ada))["id"]}", round => $$"""{ "name": "Ada {{round}}" }""");

    [Test]
    public async Task Of_two_that_change_the_same_version_of_a_calendar_one_is_told_that_it_is_stale() =>
        await OneOfTwo($"/v1/calendars/{Calendar}", round => $$"""{ "name": "Office {{round}}" }""");

    [Test]
    public async Task Of_two_that_change_the_same_version_of_a_policy_one_is_told_that_it_is_stale() =>
        await OneOfTwo($"/v1/policies/{await Policy()}", round => $$"""{ "name": "p{{round}}" }""");

    private async Task OneOfTwo(string address, Func<string, string> patch)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var tag = (await Desk.Admin.GetAsync(address)).Headers.ETag!.ToString();
            using var start = new Barrier(2);
            var answers = await Task.WhenAll(Change(Desk, "a"), Change(other, "b"));
            Assert.That(answers.Select(answer => answer.StatusCode), Is.EquivalentTo(new[] { HttpStatusCode.OK, HttpStatusCode.PreconditionFailed }));
            var won = answers.Single(answer => answer.StatusCode == HttpStatusCode.OK);
            Assert.That((await Desk.Admin.GetAsync(address)).Headers.ETag, Is.EqualTo(won.Headers.ETag));

            Task<HttpResponseMessage> Change(TestDesk desk, string who) => Task.Factory.StartNew(
                () =>
                {
                    start.SignalAndWait();
                    return desk.Admin.Send(HttpMethod.Patch, address, patch($"{round}{who}"), "application/merge-patch+json", ("If-Match", tag));
                },
                default, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        }
    }
}
