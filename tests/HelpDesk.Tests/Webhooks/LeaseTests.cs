using HelpDesk.Webhooks;

namespace HelpDesk.Tests.Webhooks;

internal sealed class LeaseTests : WebhookFixture
{
    [Test]
    public async Task What_a_dead_server_held_is_posted_after_a_clock_was_set_back_too()
    {
        var hook = Guid.Parse((await Hook())[(Hooks.Length + 1)..]);
        await Write(tickets: 1, each: 1);
        await Queue();
        Assert.That((await WebhookClaim.Take(Database.DataSource, hook, 10, 10, Start + Duration.FromHours(2), default)).Lanes, Has.Count.EqualTo(1));
        machine.Now = Start + Duration.FromHours(1);
        await Send();
        Assert.That(Posted, Is.EqualTo(new[] { "1.1" }));
    }
}
