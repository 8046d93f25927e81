using HelpDesk.Deadlines;
using HelpDesk.Events;
using HelpDesk.Events.Feed;
using HelpDesk.Tests.Support;
using HelpDesk.Web;

namespace HelpDesk.Tests.Events;

/// <summary>The part of the document that tells what events say. That they do say it every test of a desk holds: see <see cref="EventShapes"/>.</summary>
internal sealed class EventDocumentTests
{
    [Test]
    public async Task Every_type_that_is_told_is_in_the_document_with_what_it_says()
    {
        using var database = TestDatabase.Create();
        using var desk = TestDesk.Start(database: database);
        var webhooks = (await desk.Anonymous.GetAsync("/openapi/v1.json").Json())["webhooks"]!.AsObject();
        Assert.That(webhooks.Select(webhook => webhook.Key), Is.EquivalentTo(TypeChoice.Told));
        Assert.That(EventData.All.Keys, Is.EquivalentTo(TypeChoice.Told));
        var data = webhooks["promise.broken"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!["allOf"]![1]!["properties"]!["data"]!;
        Assert.That(data["properties"]!["kind"]!["enum"]!.AsArray().Select(word => (string?)word), Is.EqualTo(Words<CommitmentKind>.All));
        Assert.That(data["required"]!.AsArray(), Has.Count.EqualTo(EventData.All["promise.broken"].Count));
    }

    [Test]
    public void What_concerns_keys_and_sessions_is_told_to_administrators_alone() =>
        Assert.That(TypeChoice.Told.Select(type => type.Split('.')[0]).Distinct(), Has.None.AnyOf("api_key", "session", "webhook", "webhook_secret", "sandbox"));
}
