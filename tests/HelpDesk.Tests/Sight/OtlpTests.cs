using System.Diagnostics;
using System.Text;
using HelpDesk.Tests.Support;
using HelpDesk.Web.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HelpDesk.Tests.Sight;

/// <summary>Figures and traces sent over OTLP to a collector.</summary>
[NonParallelizable]
internal sealed class OtlpTests
{
    private static bool Says(HttpSink.Posted post, string word) => post.Body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) >= 0;

    [Test]
    public async Task What_a_desk_did_arrives_under_one_trace_and_no_later_than_its_end()
    {
        using var collector = new HttpSink { Answer = _ => "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n" };
        var folder = Directory.CreateTempSubdirectory("helpdesk-mail-").FullName;
        var trace = Convert.FromHexString("2af7651916cd43dd8448eb211c80319c");
        using (var desk = TestDesk.Start([
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Url.Replace("/hooks?to=desk", "", StringComparison.Ordinal)), ("OTEL_EXPORTER_OTLP_HEADERS", "x-of=the-desk"), ("Mail:Folder", folder),
        ]))
        {
            // After the desk's own, so that the desk has heard of the end of the request before this has.
            var answered = new TaskCompletionSource();
            using var listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
                ActivityStopped = activity =>
                {
                    if (activity.TraceId.ToHexString() == Convert.ToHexStringLower(trace)) answered.TrySetResult();
                },
            };
            ActivitySource.AddActivityListener(listener);
            await desk.Admin.Send(
                HttpMethod.Post, "/v1/tickets", """{ "subject": "s", "body": "b", "requester": { "email": "ada@example.org" } }""",
                headers: ("traceparent", $"00-{Convert.ToHexStringLower(trace)}-b7ad6b7169203331-01")).Json(System.Net.HttpStatusCode.Created);
            await desk.Services.GetRequiredService<HelpDesk.Delivery.DeliverDue>().RunOnce(await desk.Services.GetRequiredService<HelpDesk.Time.DeskClock>().Now(default), default);
            await KnowGauges(desk);
            await answered.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        Directory.Delete(folder, recursive: true);
        var traces = collector.Posts.Where(post => post.RequestLine.StartsWith("POST /v1/traces ", StringComparison.Ordinal)).ToList();
        Assert.That(traces.Select(post => post.Headers["content-type"]).Distinct(), Is.EqualTo(new[] { "application/x-protobuf" }));
        Assert.That(collector.Posts.Select(post => post.Headers["x-of"]).Distinct(), Is.EqualTo(new[] { "the-desk" }));
        var ours = traces.Where(post => post.Body.AsSpan().IndexOf(trace) >= 0).ToList();
        Assert.That(ours.Exists(post => Says(post, "POST /v1/tickets")));
        Assert.That(ours.Exists(post => Says(post, "deliver email")));
        Assert.That(ours.Exists(post => Says(post, "insert into deliveries")));
        var figures = collector.Posts.Where(post => post.RequestLine.StartsWith("POST /v1/metrics ", StringComparison.Ordinal)).ToList();
        foreach (var name in new[] { "helpdesk.sweep.backlog", "helpdesk.delivery.attempts", "http.server.request.duration", "db.client.connection.count" }) Assert.That(figures.Exists(post => Says(post, name)), name);
        Assert.That(figures.Exists(post => Says(post, "dotnet.gc.heap.total_allocated")), Is.False);
        Assert.That(collector.Posts.Any(post => Says(post, "ada@example.org")), Is.False);
    }

    /// <summary>Whoever looks waits a second at most for the database, which may be slower here: a desk that does not know yet tells nothing. Each look after that waits for the same one.</summary>
    private static async Task KnowGauges(TestDesk desk)
    {
        foreach (var gauge in desk.Services.GetServices<HelpDesk.Web.Metrics.GaugeRefresh>())
        {
            for (var look = 0; look < 10; look++) await gauge.Run(default);
        }
    }

    [Test]
    public void Without_an_address_nothing_is_made_for_it()
    {
        using var desk = TestDesk.Start();
        Assert.That(desk.Services.GetServices<IHostedService>(), Has.None.InstanceOf<OtlpExport>());
    }

    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318")]
    [TestCase("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")]
    [TestCase("OTEL_TRACES_SAMPLER_ARG", "2")]
    [TestCase("OTEL_METRIC_EXPORT_INTERVAL", "soon")]
    public void What_cannot_be_stops_the_start_and_names_the_key(string key, string value) =>
        Assert.That(
            () => TestDesk.Start([("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318"), (key, value)]).Dispose(),
            Throws.InstanceOf<HelpDesk.Web.WrongConfiguration>().With.Message.StartsWith(key));
}
