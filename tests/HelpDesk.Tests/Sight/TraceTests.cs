using System.Collections.Concurrent;
using System.Diagnostics;
using HelpDesk.Tests.Support;
using HelpDesk.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace HelpDesk.Tests.Sight;

/// <summary>One trace leads from a request to what left because of it.</summary>
[NonParallelizable]
internal sealed class TraceTests : DeskFixture
{
    private readonly ConcurrentQueue<Activity> ended = new();
    private HttpSink sink = null!;
    private ActivityListener listener = null!;

    protected override IEnumerable<(string Key, string Value)> Settings => [("Webhooks:AllowedNetworks", "127.0.0.0/8")];

    [SetUp]
    public void Listen()
    {
        ended.Clear();
        sink = new();
        listener = new()
        {
            ShouldListenTo = source => source.Name is "Microsoft.AspNetCore" or "Npgsql" || source.Name.StartsWith("HelpDesk", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
    }

    [TearDown]
    public void Stop_listening()
    {
        listener.Dispose();
        sink.Dispose();
    }

    private IReadOnlyList<Activity> Of(string trace) => [.. ended.Where(each => each.TraceId.ToHexString() == trace)];

    [Test]
    public async Task From_the_post_through_the_database_to_the_mail()
    {
        const string trace = "0af7651916cd43dd8448eb211c80319c";
        var ticket = await Desk.Admin.Send(
            HttpMethod.Post, "/v1/tickets", $$"""{ "subject": "s", "body": "b", "requester": {{Ada}} }""", headers: ("traceparent", $"00-{trace}-b7ad6b7169203331-01")).Json(System.Net.HttpStatusCode.Created);
        await Deliver();
        var spans = Of(trace);
        var request = spans.Single(each => each.Source.Name == "Microsoft.AspNetCore");
        Assert.That((request.DisplayName, request.ParentSpanId.ToHexString()), Is.EqualTo(("POST /v1/tickets", "b7ad6b7169203331")));
        var attempt = spans.Single(each => each.DisplayName == "deliver email");
        var written = spans.Where(each => each.Source.Name == "Npgsql" && $"{each.GetTagItem("db.query.text")}".Contains("insert into deliveries", StringComparison.Ordinal));
        Assert.That(written.Select(each => each.ParentSpanId).Distinct(), Is.EqualTo(new[] { request.SpanId }));
        Assert.That(spans.Where(each => each.Source.Name == "Npgsql").Select(each => each.ParentSpanId).Distinct(), Is.SubsetOf(new[] { request.SpanId, attempt.SpanId }));
        Assert.That(attempt.ParentSpanId, Is.EqualTo(request.SpanId));
        Assert.That((attempt.GetTagItem("helpdesk.delivery.outcome"), attempt.GetTagItem("helpdesk.ticket.id")), Is.EqualTo(("sent", (long)ticket["id"]!)));
    }

    [Test]
    public async Task From_the_post_to_the_webhook_that_is_told_of_it()
    {
        const string trace = "1af7651916cd43dd8448eb211c80319c";
        await Desk.Admin.Post("/v1/webhooks", $$"""{ "url": "{{sink.Url}}", "types": ["ticket.created"] }""").Json(System.Net.HttpStatusCode.Created);
        await Desk.Admin.Send(
            HttpMethod.Post, "/v1/tickets", $$"""{ "subject": "s", "body": "b", "requester": {{Ada}} }""", headers: ("traceparent", $"00-{trace}-b7ad6b7169203331-01")).Json(System.Net.HttpStatusCode.Created);
        while (await Desk.Services.GetRequiredService<EnqueueEvents>().RunOnce(default) > 0)
        {
        }

        await Desk.Services.GetRequiredService<SendEvents>().RunOnce(default);
        var post = Of(trace).Single(each => each.DisplayName == "post event");
        Assert.That((post.GetTagItem("helpdesk.event.type"), post.GetTagItem("http.response.status_code")), Is.EqualTo(("ticket.created", 204)));
        Assert.That(sink.Posts.Single().Headers.Keys, Has.None.EqualTo("traceparent"));
    }

    [Test]
    public async Task A_follow_up_is_caused_by_the_sweep_that_wrote_it()
    {
        await Policy();
        await Open();
        await Now("2026-03-02T11:30:00Z");
        await Sweep();
        // The acknowledgement goes first.
        while (await Deliver() > 0)
        {
        }

        var sweep = ended.Single(each => each.DisplayName == "follow up");
        Assert.That(Of(sweep.TraceId.ToHexString()).Where(each => each.DisplayName == "deliver email").Select(each => each.GetTagItem("helpdesk.delivery.kind")), Does.Contain("follow_up"));
    }

    [Test]
    public async Task What_opens_something_to_whoever_has_it_is_in_no_span()
    {
        var ticket = await Open();
        var token = ((string)ticket["publicUrl"]!)[^22..];
        await Desk.Anonymous.GetAsync($"/t/{token}?lang=en");
        await Desk.Anonymous.GetAsync($"/v1/public/opt-out/{token}");
        await Desk.Anonymous.GetAsync("/health/ready");
        await Deliver();
        Assert.That(ended.Select(each => each.DisplayName), Does.Contain("GET /t/{token}"));
        var words = ended.SelectMany(each => each.TagObjects.Select(tag => $"{tag.Value}").Append(each.DisplayName).Concat(each.Events.SelectMany(happened => happened.Tags.Select(tag => $"{tag.Value}")))).ToList();
        Assert.That(words, Has.None.Contains(token));
        Assert.That(words, Has.None.Contains("ada@example.org"));
        Assert.That(words, Has.None.Contains("Printer on fire"));
        Assert.That(words, Has.None.Contains("Username="));
    }
}
