using System.Net;
using System.Text;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Web;

/// <summary>Over a real socket: limits are Kestrel's.</summary>
internal sealed class RequestSizeTests
{
    private TestDesk desk = null!;

    [OneTimeSetUp]
    public void Start() => desk = TestDesk.Start(kestrel: true);

    [OneTimeTearDown]
    public void Stop() => desk.Dispose();

    [TestCase(false, false)]
    [TestCase(false, true)]
    [TestCase(true, false)]
    [TestCase(true, true)]
    public async Task A_body_beyond_a_megabyte_is_refused_whether_it_says_its_length_or_not(bool isChunked, bool isIdempotent)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"name":"{{new string('x', 1_100_000)}}"}""");
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/customers") { Content = new ByteArrayContent(json) { Headers = { ContentType = new("application/json") } } };
        request.Headers.TransferEncodingChunked = isChunked;
        if (isIdempotent) request.Headers.Add("Idempotency-Key", "k");
        await desk.Admin.SendAsync(request).Problem(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }
}
