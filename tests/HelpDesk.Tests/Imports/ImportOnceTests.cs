using System.Net;
using System.Net.Http.Headers;
using System.Text;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Imports;

/// <summary>A file that is sent again with its Idempotency-Key makes no second job.</summary>
internal sealed class ImportOnceTests : ImportFixture
{
    private string key = "";

    [SetUp]
    public void Another_key() => key = TestContext.CurrentContext.Test.Name;

    [Test]
    public async Task The_same_file_gets_the_first_answer_again()
    {
        var first = await Post(key, Line("1"));
        var again = await Post(key, Line("1"));
        Assert.That(first.Headers.Contains("Idempotency-Replayed"), Is.False);
        Assert.That(again.Headers.GetValues("Idempotency-Replayed"), Is.EqualTo(new[] { "true" }));
        Assert.That((again.StatusCode, again.Headers.Location), Is.EqualTo((HttpStatusCode.Accepted, first.Headers.Location)));
        Assert.That(await again.Content.ReadAsStringAsync(), Is.EqualTo(await first.Content.ReadAsStringAsync()));
        Assert.That(await Database.Ask<string>("select (select count(*) from long_work) || ' ' || (select count(*) from import_uploads)"), Is.EqualTo("1 1"));
    }

    [Test]
    public async Task Another_file_or_another_question_is_refused_and_not_kept()
    {
        await Post(key, Line("1"));
        await Task.FromResult(await Post(key, Line("2"))).Problem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        await Task.FromResult(await Post(key, Line("1"), "?dryRun=true")).Problem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        Assert.That(await Database.Ask<string>("select (select count(*) from long_work) || ' ' || (select count(*) from import_uploads)"), Is.EqualTo("1 1"));
        await Task.FromResult(await Post("not one", Line("1"))).Refuses("Idempotency-Key");
    }

    [Test]
    public async Task What_was_refused_may_be_mended_under_the_same_key()
    {
        await Task.FromResult(await Post(key, Line("1"), type: "application/gzip")).Problem(HttpStatusCode.BadRequest, "malformed");
        Assert.That((await Post(key, Line("1"))).StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
    }

    [Test]
    public async Task Of_many_at_once_one_makes_the_job()
    {
        using var other = StartAnother();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => Post(key, Line("1"), client: number % 2 == 0 ? Desk.Admin : other.Admin)));
        Assert.That(answers.Select(answer => answer.StatusCode).Distinct(), Is.SubsetOf(new[] { HttpStatusCode.Accepted, HttpStatusCode.Conflict }));
        Assert.That(answers.Select(answer => answer.Headers.Location).OfType<Uri>().Distinct().Count(), Is.EqualTo(1));
        Assert.That(await Database.Ask<string>("select (select count(*) from long_work) || ' ' || (select count(*) from import_uploads)"), Is.EqualTo("1 1"));
    }

    private Task<HttpResponseMessage> Post(string key, string line, string query = "", string type = Lines, HttpClient? client = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/imports{query}") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(line)) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } } };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return (client ?? Desk.Admin).SendAsync(request);
    }
}
