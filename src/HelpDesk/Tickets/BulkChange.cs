using System.Text.Json.Serialization;
using HelpDesk.Access;
using HelpDesk.Deadlines;
using HelpDesk.Policies;
using HelpDesk.Queues;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using HelpDesk.Web.OpenApi;
using HelpDesk.Web.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using System.ComponentModel.DataAnnotations;

namespace HelpDesk.Tickets;

/// <summary>One change for many tickets.</summary>
/// <param name="Ids">1 to 500 numbers of tickets; one that stands twice is changed once. Example: [1,2].</param>
/// <param name="Patch">The change, as for one ticket: a merge patch. Lists are replaced: tags given here are all that the tickets then have. Example: {"queue":"billing"}.</param>
[Example("""{ "ids": [1, 2], "patch": { "queue": "billing", "priority": "high" } }""")]
public sealed record BulkRequest(
    [property: MinLength(1), MaxLength(500)] IReadOnlyList<long> Ids,
    MergePatch<TicketFields> Patch);

/// <summary>What became of each ticket.</summary>
/// <param name="Items">In the order of the ids, each once.</param>
public sealed record BulkResponse(IReadOnlyList<BulkItem> Items);

/// <summary>What became of one ticket.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Status">The status that changing it alone would have been answered with: 200 where it was changed, or needed no change.</param>
/// <param name="Problem">Why it was not changed; left out where it was.</param>
[OmitNulls]
public sealed record BulkItem(long Id, int Status, BulkProblem? Problem = null);

/// <summary>Why one ticket of several was not changed.</summary>
/// <param name="Type">A stable code.</param>
/// <param name="Title">The kind of problem.</param>
/// <param name="Status">The status that it alone would have been answered with.</param>
/// <param name="Detail">What is wrong.</param>
/// <param name="Errors">The members of the patch at fault, and the rules they break.</param>
public sealed record BulkProblem(string Type, string Title, int Status, string Detail, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors = null)
{
    internal static BulkProblem Of(Refusal refusal) =>
        new($"urn:helpdesk:{refusal.Code}", refusal.Title, refusal.Status, refusal.Message, refusal.Errors);
}

internal static class BulkChange
{
    /// <summary>Change many tickets alike</summary>
    /// <remarks>
    /// Each is changed by itself, by the same rules as alone and with the same letters; one that cannot be changed does not hold up the others. Answers 200
    /// whatever became of them: read the items. A patch that no ticket could take is refused as a whole (400). If-Match does not count here.
    /// </remarks>
    public static async Task<Ok<BulkResponse>> Handle(
        BulkRequest request, HttpContext http, TicketDesk desk, PolicyShelf policies, KnownQueues queues, DeskClock clock, Caller caller,
        CancellationToken cancel)
    {
        await CheckForm(request.Patch, http);
        var now = await clock.Now(cancel);
        var items = new Dictionary<long, BulkItem>();
        // In the order of their numbers, as everybody locks.
        foreach (var id in request.Ids.Distinct().Order())
        {
            items[id] = await Change(id, new ChangeTicket(desk, policies, queues, http, caller, now), request.Patch, cancel);
        }

        return TypedResults.Ok(new BulkResponse([.. request.Ids.Distinct().Select(id => items[id])]));
    }

    private static async Task<BulkItem> Change(long id, ChangeTicket change, MergePatch<TicketFields> patch, CancellationToken cancel)
    {
        try
        {
            await change.Apply(id, patch, null, cancel);
            return new BulkItem(id, StatusCodes.Status200OK, null);
        }
        catch (Exception error) when (ProblemOf.Exception(error) is { Status: < 500 } refusal)
        {
            return new BulkItem(id, refusal.Status, BulkProblem.Of(refusal));
        }
    }

    /// <summary>What is wrong whichever ticket it is for.</summary>
    private static async Task CheckForm(MergePatch<TicketFields> patch, HttpContext http)
    {
        try
        {
            await patch.ApplyTo(new TicketFields("Any", TicketStatus.Open, Priority.Normal), http);
        }
        catch (Refusal refusal) when (refusal.Errors is { Count: > 0 } errors)
        {
            throw Refusal.Invalid(errors.ToDictionary(error => error.Key == "$" ? "patch" : $"patch.{error.Key}", error => error.Value));
        }
    }
}
