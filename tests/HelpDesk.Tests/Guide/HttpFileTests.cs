using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Guide;

/// <summary>docs/helpdesk.http, sent from top to bottom.</summary>
internal sealed class HttpFileTests
{
    [Test]
    public async Task Every_request_of_the_file_is_done_by_an_empty_desk_in_its_order()
    {
        var text = await File.ReadAllTextAsync(Repository.File("docs", "helpdesk.http"));
        Assert.That(text, Does.Contain("@key = {{$processEnv HELPDESK_KEY}}"), "no secret is in it");
        using var desk = TestDesk.Start();
        var file = HttpFile.Parse(text, ("url", ""), ("key", TestDesk.AdminKey));
        Assert.That(file.Requests, Has.Count.GreaterThan(12));
        foreach (var asked in file.Requests)
        {
            using var request = file.Request(asked);
            using var answer = await desk.Anonymous.SendAsync(request);
            var said = await answer.Content.ReadAsStringAsync();
            Assert.That((int)answer.StatusCode, Is.InRange(200, 299), $"{asked.Method} {asked.Url}: {said}");
            file.Note(asked, said);
        }
    }
}
