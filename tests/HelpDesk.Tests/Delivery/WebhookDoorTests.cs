using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Text;
using HelpDesk.Delivery;
using HelpDesk.Tests.Support;
using HelpDesk.Web.Outgoing;
using Microsoft.Extensions.Configuration;

namespace HelpDesk.Tests.Delivery;

/// <summary>The door that posts leave through, before a server on loopback that does as it is told.</summary>
internal sealed class WebhookDoorTests
{
    private static readonly Instant Now = Instant.FromUnixTimeSeconds(1_614_265_330);

    private HttpSink sink = null!;
    private WebhookDoor door = null!;
    private ManualClock machine = null!;

    [SetUp]
    public void Open_the_door()
    {
        sink = new();
        machine = new(Now);
        door = new(Guard("127.0.0.0/8"), machine);
    }

    [TearDown]
    public void Close_the_door()
    {
        door.Dispose();
        sink.Dispose();
    }

    internal static OutgoingGuard Guard(string networks = "", bool http = false) => OutgoingGuard.Read(new ConfigurationBuilder()
        .AddInMemoryCollection([new("Webhooks:AllowedNetworks", networks), new("Webhooks:AllowHttp", http ? "true" : "false")]).Build());

    private Task Post(string? url = null, CancellationToken cancel = default, params byte[][] secrets) =>
        door.Post(new OutgoingWebhook(new Uri(url ?? sink.Url), "msg_p5jXN8AQM9LWM0D4loKWxJek", Encoding.UTF8.GetBytes("""{"test": 2432232314}"""), secrets), cancel);

    private async Task<WebhookRefused> Refused(string? url = null)
    {
        try
        {
            await Post(url);
        }
        catch (WebhookRefused refused)
        {
            return refused;
        }

        throw new AssertionException("It was taken.");
    }

    [Test]
    public async Task A_post_is_signed_as_the_specification_s_own_example_by_each_secret()
    {
        await Post(secrets: [Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), new byte[24]]);
        var post = sink.Posts.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(post.RequestLine, Is.EqualTo("POST /hooks?to=desk HTTP/1.1"));
            Assert.That(post.Text, Is.EqualTo("""{"test": 2432232314}"""));
            Assert.That(post.Headers["content-type"], Is.EqualTo("application/json; charset=utf-8"));
            Assert.That(post.Headers["webhook-id"], Is.EqualTo("msg_p5jXN8AQM9LWM0D4loKWxJek"));
            Assert.That(post.Headers["webhook-timestamp"], Is.EqualTo("1614265330"));
            Assert.That(post.Headers["webhook-signature"].Split(' '), Has.Length.EqualTo(2).And.One.EqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
            Assert.That(post.Headers.Keys, Has.None.EqualTo("cookie").And.None.EqualTo("authorization"));
        }
    }

    [TestCase("200 OK")]
    [TestCase("202 Accepted")]
    [TestCase("204 No Content")]
    public async Task Any_2xx_is_taken(string status)
    {
        sink.Answer = _ => HttpSink.Status(status);
        await Post();
        Assert.That(sink.Posts, Has.Count.EqualTo(1));
    }

    [TestCase("400 Bad Request", true)]
    [TestCase("401 Unauthorized", true)]
    [TestCase("404 Not Found", true)]
    [TestCase("410 Gone", true)]
    [TestCase("408 Request Timeout", false)]
    [TestCase("425 Too Early", false)]
    [TestCase("429 Too Many Requests", false)]
    [TestCase("500 Internal Server Error", false)]
    [TestCase("503 Service Unavailable", false)]
    [TestCase("304 Not Modified", false)]
    public async Task Another_answer_is_permanent_where_asking_again_would_not_change_it(string status, bool isPermanent)
    {
        sink.Answer = _ => HttpSink.Status(status, status.StartsWith('3') ? "" : "No \r\n desk\0 here.");
        var refused = await Refused();
        Assert.That((refused.IsPermanent, refused.Message), Is.EqualTo((isPermanent, status.StartsWith('3') ? status : $"{status[..3]} No    desk  here.")));
    }

    [Test]
    public async Task Of_a_long_answer_the_beginning_is_read()
    {
        sink.Answer = _ => HttpSink.Status("500 Internal Server Error", new string('x', 100_000));
        Assert.That((await Refused()).Message, Has.Length.EqualTo(4 + 2048));
    }

    [TestCase("503 Service Unavailable", "Retry-After: 120\r\n", 120)]
    [TestCase("429 Too Many Requests", "Retry-After: Thu, 25 Feb 2021 15:12:10 GMT\r\n", 600)]
    [TestCase("503 Service Unavailable", "Retry-After: 864000\r\n", 3600)]
    [TestCase("503 Service Unavailable", "Retry-After: Thu, 25 Feb 2021 12:00:00 GMT\r\n", 0)]
    [TestCase("503 Service Unavailable", "Retry-After: soon\r\n", 0)]
    [TestCase("503 Service Unavailable", "", 0)]
    [TestCase("500 Internal Server Error", "Retry-After: 120\r\n", 0)]
    public async Task A_receiver_that_asks_for_time_is_given_it_up_to_an_hour(string status, string header, int seconds)
    {
        sink.Answer = _ => HttpSink.Status(status, headers: header);
        Assert.That((await Refused()).RetryAfter, Is.EqualTo(Duration.FromSeconds(seconds)));
    }

    [TestCase("301 Moved Permanently")]
    [TestCase("307 Temporary Redirect")]
    public async Task A_redirect_is_not_followed(string status)
    {
        using var other = new HttpSink();
        sink.Answer = _ => HttpSink.Status(status, headers: $"Location: {other.Url}\r\n");
        var refused = await Refused();
        Assert.That((refused.IsPermanent, other.Connections), Is.EqualTo((false, 0)));
    }

    [Test]
    public async Task No_cookie_is_kept()
    {
        sink.Answer = _ => HttpSink.Status("200 OK", headers: "Set-Cookie: a=b\r\n");
        await Post();
        await Post();
        Assert.That(sink.Posts[1].Headers.Keys, Has.None.EqualTo("cookie"));
    }

    [TestCase("garbage\r\n\r\n")]
    [TestCase("")]
    [TestCase("HTTP/1.1 200")]
    public void What_is_no_answer_may_pass(string answer)
    {
        sink.Answer = _ => answer;
        Assert.That(async () => await Post(), Throws.InstanceOf<IOException>().With.Message.Contains("127.0.0.1"));
    }

    [Test]
    public void A_host_that_nobody_listens_on_may_come_back()
    {
        var url = sink.Url;
        sink.Dispose();
        Assert.That(async () => await Post(url), Throws.InstanceOf<HostAway>().With.Message.Contains("refused").IgnoreCase.And.InnerException.InnerException.InstanceOf<SocketException>());
        Assert.That(async () => await Post("https://nowhere.invalid/"), Throws.InstanceOf<HostAway>().With.Message.Contains("nowhere.invalid"));
    }

    [Test]
    public async Task A_receiver_that_never_answers_is_left_when_its_time_is_over()
    {
        var asked = new TaskCompletionSource();
        sink.Answer = _ =>
        {
            asked.SetResult();
            return null;
        };
        using var limit = new CancellationTokenSource();
        var post = Post(cancel: limit.Token);
        await asked.Task;
        await limit.CancelAsync();
        Assert.That(async () => await post, Throws.InstanceOf<OperationCanceledException>());
    }

    [SuppressMessage("Minor Code Smell", "S1075", Justification = "Addresses are what is tested.")]
    [TestCase("http://127.0.0.1:{0}/")]
    [TestCase("http://localhost:{0}/")]
    [TestCase("http://2130706433:{0}/")]
    [TestCase("http://0x7f.1:{0}/")]
    [TestCase("http://[::ffff:127.0.0.1]:{0}/")]
    [TestCase("https://127.0.0.1:{0}/")]
    public async Task A_place_that_is_not_on_the_public_internet_is_refused_for_good_and_before_anything_is_said(string url)
    {
        door.Dispose();
        door = new(Guard(http: true), machine);
        var refused = await Refused(string.Format(null, url, new Uri(sink.Url).Port));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.IsPermanent, Is.True);
            Assert.That(refused.Message, Does.Contain("is not on the public internet").And.Contain("Webhooks:AllowedNetworks"));
            Assert.That(sink.Connections, Is.Zero);
        }
    }

    [Test]
    public async Task Plain_http_is_for_networks_that_are_allowed()
    {
        door.Dispose();
        door = new(Guard(), machine);
        Assert.That((await Refused("http://93.184.215.14/")).Message, Does.Contain("plain http").And.Contain("Webhooks:AllowHttp"));
    }
}
