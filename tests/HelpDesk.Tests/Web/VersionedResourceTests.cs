using System.Net;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.Web;

/// <summary>Whatever can be read and changed has an entity tag, and honours it: every such resource that the document offers.</summary>
internal sealed class VersionedResourceTests
{
    [Test]
    public async Task Every_resource_that_can_be_read_and_changed_honours_its_entity_tag()
    {
        using var desk = TestDesk.Start();
        var surface = new Surface(await desk.Anonymous.GetAsync("/openapi/v1.json").Json());
        var operations = surface.All().ToList();
        var estate = new Estate(desk.Admin, surface);
        await estate.Settle(operations, rounds: 2);
        var changeable = operations.GroupBy(operation => operation.Path)
            .Where(path => path.Key.EndsWith('}') && path.Any(operation => operation.Method == HttpMethod.Get) && path.Any(Changes)).ToList();
        Assert.That(changeable.Select(path => path.Key), Does.Contain("/v1/tickets/{id}").And.Contain("/v1/customers/{id}").And.Contain("/v1/calendars/{id}").And.Contain("/v1/policies/{id}"));
        using (Assert.EnterMultipleScope())
        {
            foreach (var resource in changeable) await Honours(desk, estate, [.. resource]);
        }
    }

    private static bool Changes(Operation operation) => operation.Method == HttpMethod.Patch || operation.Method == HttpMethod.Put || operation.Method == HttpMethod.Delete;

    private static async Task Honours(TestDesk desk, Estate estate, Operation[] operations)
    {
        var random = new Random(7);
        var address = estate.Address(operations[0], random);
        var tag = (await desk.Admin.GetAsync(address)).Headers.ETag;
        Assert.That(tag, Is.Not.Null.And.Property("IsWeak").False, address);
        var again = await desk.Admin.Send(HttpMethod.Get, address, headers: ("If-None-Match", $"{tag}"));
        Assert.That((again.StatusCode, again.Headers.ETag), Is.EqualTo((HttpStatusCode.NotModified, tag)), address);
        foreach (var write in operations.Where(Changes))
        {
            var json = write.HasJson ? write.Method == HttpMethod.Patch ? "{}" : estate.Body(write, random)!.ToJsonString() : null;
            var answer = await desk.Admin.Send(write.Method, address, json, headers: ("If-Match", "\"0\""));
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed), $"{write}: {await answer.Content.ReadAsStringAsync()}");
            Assert.That(write.Takes("If-Match"), $"{write} does not say that it honours If-Match");
        }

        Assert.That(operations.Single(operation => operation.Method == HttpMethod.Get).Takes("If-None-Match"), $"GET {address} does not say that it honours If-None-Match");
    }
}
