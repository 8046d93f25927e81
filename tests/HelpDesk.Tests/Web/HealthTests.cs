using System.Net;
using System.Net.Sockets;
using System.Text;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Web;

internal sealed class HealthTests
{
    [Test]
    public async Task Ready_means_that_the_database_answers_and_is_migrated()
    {
        using var database = TestDatabase.Create();
        using var desk = TestDesk.Start(database: database);
        Assert.That((string?)(await desk.Anonymous.GetAsync("/health/live").Json())["status"], Is.EqualTo("live"));
        Assert.That((string?)(await desk.Anonymous.GetAsync("/health/ready").Json())["checks"]!["database"], Is.EqualTo("ok"));
        await database.Execute("""delete from "__EFMigrationsHistory" """);
        var unready = await desk.Anonymous.GetAsync("/health/ready").Json(HttpStatusCode.ServiceUnavailable);
        Assert.That((string?)unready["status"], Is.EqualTo("not_ready"));
        Assert.That((string?)unready["checks"]!["database"], Does.Contain("is not applied"));
    }

    [Test]
    public async Task While_the_database_is_away_the_desk_says_so_and_it_is_back_without_a_restart()
    {
        using var database = TestDatabase.Create();
        using var desk = TestDesk.Start(database: database);
        await desk.Admin.GetAsync("/v1/api-keys").Json();
        await database.Interrupt(async () =>
        {
            Assert.That((string?)(await desk.Anonymous.GetAsync("/health/ready").Json(HttpStatusCode.ServiceUnavailable))["status"], Is.EqualTo("not_ready"));
            await desk.Anonymous.GetAsync("/health/live").Json();
            await desk.Admin.GetAsync("/v1/api-keys").Problem(HttpStatusCode.ServiceUnavailable, "unavailable");
            await desk.With("hd_0123456789abcdef_x").GetAsync("/v1/api-keys").Problem(HttpStatusCode.ServiceUnavailable, "unavailable");
        });
        await desk.Admin.GetAsync("/v1/api-keys").Json();
        await desk.Anonymous.GetAsync("/health/ready").Json();
    }

    [Test]
    public async Task A_body_beyond_a_megabyte_is_refused()
    {
        using var desk = TestDesk.Start(kestrel: true);
        var json = $$"""{"name":"{{new string('x', 1_100_000)}}","scopes":["admin"]}""";
        await desk.Admin.Post("/v1/api-keys", json).Problem(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Test]
    public async Task HEAD_over_a_real_socket_has_no_body_and_keeps_the_connection()
    {
        using var desk = TestDesk.Start(kestrel: true);
        using var client = new TcpClient();
        await client.ConnectAsync(desk.Anonymous.BaseAddress!.Host, desk.Anonymous.BaseAddress.Port);
        var stream = client.GetStream();
        await stream.WriteAsync("HEAD /health/live HTTP/1.1\r\nHost: x\r\n\r\nHEAD /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"u8.ToArray());
        var answers = await new StreamReader(stream, Encoding.ASCII).ReadToEndAsync();
        Assert.That(answers, Does.StartWith("HTTP/1.1 200 OK").And.Contain("HTTP/1.1 404 Not Found").And.Not.Contain("{"));
    }
}
