using HelpDesk.Access;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using HelpDesk.Web.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using System.Text.Json;

namespace HelpDesk.Sandbox;

/// <summary>The sandbox's time.</summary>
/// <param name="Now">The instant it is, from the year 1900 up to the end of 8999. Example: "2026-03-02T08:00:00Z".</param>
[Example("""{ "now": "2026-03-02T08:00:00Z" }""")]
public sealed record ClockDocument(Instant Now);

internal static class SetClock
{
    /// <summary>Read the sandbox's clock</summary>
    public static async Task<Ok<ClockDocument>> HandleRead(DeskClock clock, CancellationToken cancel) =>
        TypedResults.Ok(new ClockDocument(await clock.Now(cancel)));

    /// <summary>Set the sandbox's clock</summary>
    /// <remarks>
    /// From the first time on, time stands still between advances. Forward or backward while there is no ticket, afterwards forward only. What lies between is
    /// not played: advance does that.
    /// </remarks>
    public static async Task<Ok<ClockDocument>> Handle(
        ClockDocument request, HttpContext http, NpgsqlDataSource database, DeskClock clock, Caller caller, CancellationToken cancel)
    {
        if (!SandboxClock.Holds(request.Now)) throw Refusal.Invalid("now", SandboxClock.Rule);
        await using var held = await SandboxClock.TryHold(database, cancel) ?? throw AdvanceClock.Busy();
        var before = await clock.Now(cancel);
        if (request.Now < before && await held.HasTickets(cancel))
        {
            throw Refusal.Conflict("clock-backward", "There are tickets: from now on the clock only goes forward.");
        }

        await held.Set(request.Now, cancel, Moved("sandbox.clock_set", before, request.Now, request.Now, caller, http));
        return TypedResults.Ok(request);
    }

    public static NewEvent Moved(string type, Instant from, Instant to, Instant at, Caller caller, HttpContext http) => new(
        type, at, caller.Id, http.TraceIdentifier,
        JsonSerializer.Serialize(new { changes = MemberChanges.Between(new ClockDocument(from), new ClockDocument(to)) }, JsonConventions.Options));
}
