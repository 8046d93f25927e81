using System.Text.Json;
using HelpDesk.Access;
using HelpDesk.Events;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace HelpDesk.Sandbox;

/// <summary>The sandbox's time.</summary>
/// <param name="Now">The instant it is. Example: "2026-03-02T08:00:00Z".</param>
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
