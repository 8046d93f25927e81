using System.Text.Json.Nodes;
using HelpDesk.Tests.Support;
using HelpDesk.Tests.Webhooks;

namespace HelpDesk.Tests.Dossiers;

/// <summary>Receivers of events that answer with what they were sent.</summary>
internal sealed class EraseAnswersTests : WebhookFixture
{
    private const string Zelpha = """{ "email": "zelpha@quint.test", "name": "Zelpha" }""";

    private Task Erase(JsonNode customer) => Desk.Admin.Delete($"/v1/customers/{customer["id"]}").Gone();

    private static string Echo(HttpSink.Posted post) => HttpSink.Status("200 OK", post.Text);

    private async Task<long> Answers(string text) => await Database.Ask<long>("select count(*) from webhook_attempts where answer ilike '%' || $1 || '%'", text);

    [Test]
    public async Task Answers_that_repeat_events_of_her_and_of_others_tickets_go()
    {
        sink.AnswerTo = Echo;
        await Hook(more: "");
        var customer = await Customer(Zelpha);
        await Desk.Admin.Patch($"/v1/customers/{customer["id"]}", """{ "name": "Zelpha Q" }""").Json();
        var ticket = await Open();
        await Patch(ticket, """{ "watchers": ["zelpha@quint.test"] }""").Json();
        await Said(ticket, "customer", """ "authorId": "zelpha@quint.test" """);
        await Send();
        Assert.That(await Answers("zelpha"), Is.EqualTo(4));
        await Erase(customer);
        Assert.That((await Answers("zelpha"), await Answers("(erased)")), Is.EqualTo((0, 4)));
        Assert.That(await Answers("ada@example.org"), Is.EqualTo(1), "others' stay");
    }

    [Test]
    public async Task An_answer_that_comes_after_she_was_erased_is_not_kept_and_the_event_is_posted_again_without_her()
    {
        using var posted = new ManualResetEventSlim();
        using var erased = new ManualResetEventSlim();
        sink.AnswerTo = post =>
        {
            posted.Set();
            erased.Wait();
            return Echo(post);
        };
        var hook = await Hook(more: """ "types": ["customer.created"] """);
        var customer = await Customer(Zelpha);
        var sending = Task.Run(() => Send());
        await Task.Run(posted.Wait);
        await Erase(customer);
        erased.Set();
        await sending;
        Assert.That((await Answers("zelpha"), await State(hook)), Is.EqualTo((0, "1 pending")));
        await After(Duration.FromSeconds(20));
        Assert.That((await Answers("zelpha"), await State(hook), sink.Posts.Count), Is.EqualTo((0, "1 delivered", 2)));
        Assert.That(sink.Posts[^1].Text, Does.Not.Contain("zelpha"));
    }
}
