using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Sandbox;

/// <summary>An advance that is sent again with its Idempotency-Key.</summary>
internal sealed class AdvanceOnceTests : DeskFixture
{
    [TearDown]
    public Task Forget_the_keys() => Database.Execute("delete from idempotency_keys; drop trigger if exists cut_off on sandbox_clock");

    private Task<HttpResponseMessage> Send(string key, string by) =>
        Desk.Admin.Send(HttpMethod.Post, "/v1/sandbox/clock/advance", $$"""{ "by": "{{by}}" }""", headers: ("Idempotency-Key", key));

    private async Task<string?> Reads() => (string?)(await Desk.Admin.GetAsync("/v1/sandbox/clock").Json())["now"];

    [Test]
    public async Task The_same_again_moves_nothing_and_tells_the_same()
    {
        await Policy();
        await Open();
        var first = await Send("k", "PT5H");
        var again = await Send("k", "PT5H");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await again.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()).And.Contains("follow_up"));
            Assert.That((first.Headers.Contains("Idempotency-Replayed"), again.Headers.Contains("Idempotency-Replayed")), Is.EqualTo((false, true)));
            Assert.That(await Reads(), Is.EqualTo("2026-03-02T13:00:00Z"));
        }

        await Send("k", "PT6H").Problem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        await Send("another", "PT5H").Json();
        Assert.That(await Reads(), Is.EqualTo("2026-03-02T18:00:00Z"));
    }

    [Test]
    public async Task One_that_was_cut_off_goes_on_to_where_it_was_to_lead_and_no_further()
    {
        await Policy();
        await Open();
        await Database.Execute(
            """
            create or replace function cut_off() returns trigger language plpgsql as $$ begin if new.now > '2026-03-02T11:30:00Z' then raise exception 'cut off'; end if; return new; end $$;
            create trigger cut_off before insert or update on sandbox_clock for each row execute function cut_off()
            """);
        Assert.That((await Send("k", "PT5H")).StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(await Reads(), Is.GreaterThan(Monday).And.LessThan("2026-03-02T11:30:00Z"), "some of the way");
        await Database.Execute("drop trigger cut_off on sandbox_clock");
        var rest = await Send("k", "PT5H");
        Assert.That(((string?)(await rest.Json())["now"], await Reads()), Is.EqualTo(("2026-03-02T13:00:00Z", "2026-03-02T13:00:00Z")));
        Assert.That(await (await Send("k", "PT5H")).Content.ReadAsStringAsync(), Is.EqualTo(await rest.Content.ReadAsStringAsync()));
    }

    [Test]
    public async Task What_is_refused_is_not_kept()
    {
        await Send("k", "-PT1H").Refuses("by");
        await Send("k", "PT1H").Json();
        Assert.That(await Reads(), Is.EqualTo("2026-03-02T09:00:00Z"));
    }
}
