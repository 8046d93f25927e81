using NodaTime.Text;

namespace HelpDesk.Faults;

/// <summary>One ticket as the script knows it: what was asked, and what its status must be by the answers that came.</summary>
internal sealed class PlayedTicket(TicketPlan plan, DeskCalls desk, Timeline timeline, int seed)
{
    private int said;

    public TicketPlan Plan => plan;

    public long Id { get; private set; }

    /// <summary>Null where the desk has not said: a request was given up without an answer.</summary>
    public string? Status { get; private set; } = "new";

    public bool IsGoingOn => Id > 0 && Status is not (null or "resolved" or "closed");

    public async Task<bool> Open(CancellationToken cancel)
    {
        var mark = NewMark();
        var call = await desk.Post("open", "/v1/tickets", 0, mark, new
        {
            subject = $"Ticket {plan.Number} of the drill",
            body = $"The printer is out of toner. {mark}",
            requester = new { email = Stage.Address(plan.Customer) },
            priority = plan.Priority,
        }, cancel);
        if (!call.Succeeded) return false;
        Id = (long)call.Answer!["id"]!;
        return true;
    }

    public async Task Do(Act act, CancellationToken cancel)
    {
        if (!IsGoingOn && !(act.Kind == ActKind.Write && Status == "resolved")) return;
        switch (act.Kind)
        {
            case ActKind.Reply: await Say("reply", "agent", "public", act.Status is "open" ? null : act.Status, act.Status, cancel); break;
            case ActKind.Write: await Say("write", "customer", "public", null, act.Status, cancel); break;
            case ActKind.Note: await Say("note", "agent", "internal", null, null, cancel); break;
            case ActKind.SetStatus: Expect(await desk.Patch("status", $"/v1/tickets/{Id}", Id, new { status = act.Status }, cancel), act.Status); break;
            case ActKind.Promise: await Promise(cancel); break;
        }
    }

    private async Task Say(string what, string author, string visibility, string? status, string? expected, CancellationToken cancel)
    {
        var mark = NewMark();
        object body = status is null
            ? new { author, visibility, body = $"About your printer. {mark}" }
            : new { author, visibility, body = $"About your printer. {mark}", status };
        Expect(await desk.Post(what, $"/v1/tickets/{Id}/messages", Id, mark, body, cancel), expected);
    }

    private async Task Promise(CancellationToken cancel)
    {
        var at = InstantPattern.ExtendedIso.Format(timeline.DeskNow + Duration.FromSeconds(12));
        await desk.Post("promise", $"/v1/tickets/{Id}/promises", Id, null, new { words = "I will call you", promisedAt = at }, cancel);
    }

    public async Task MergeInto(PlayedTicket? other, CancellationToken cancel)
    {
        if (other is null || !IsGoingOn) return;
        Expect(await desk.Post("merge", $"/v1/tickets/{Id}/merge", Id, null, new { into = other.Id }, cancel), "closed");
    }

    /// <summary>Nothing of it is to come up after the drill.</summary>
    public async Task End(CancellationToken cancel)
    {
        if (Status is "resolved" or "closed") return;
        await Say("reply", "agent", "public", "resolved", "resolved", cancel);
    }

    private void Expect(Call call, string? status)
    {
        if (call.Status is 0 or >= 500) Status = null;
        else if (call.Succeeded && status is not null) Status = status;
    }

    private string NewMark() => $"mark-{seed}-{plan.Number}-{++said}.";
}
