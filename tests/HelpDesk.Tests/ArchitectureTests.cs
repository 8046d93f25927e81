using HelpDesk.Tests.Support;
using HelpDesk.Web;

namespace HelpDesk.Tests;

/// <summary>Who may call whom, enforced on what was built. Calls point down.</summary>
internal sealed class ArchitectureTests
{
    private const string Everything = "*";

    /// <summary>Folders that every other may use.</summary>
    private static readonly string[] Ground = ["Time", "Web", "Access", "Database"];

    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        // Program, the table of contents.
        [""] = [Everything],
        ["Reports"] = [Everything],
        ["PromisePages"] = [Everything],
        ["Ops"] = [Everything],
        ["Sandbox"] = [Everything],
        ["Jobs"] = [Everything],
        // Knows every entity: the stated exception.
        ["Database"] = [Everything],
        // One sweep finds what is due and what has lapsed; the apology is Recovery's to write.
        ["FollowUps"] = ["Advisories", "Recovery", "Escalation", "Policies", "Tickets", "Commitments", "Customers", "Events", "Delivery", "Deadlines"],
        ["Recovery"] = ["Tickets", "Commitments", "Policies", "Customers", "Events", "Delivery", "Deadlines"],
        // A template is tried with what a ticket's customer would be sent next.
        ["Templates"] = ["Advisories", "FollowUps", "Recovery", "Tickets", "Commitments", "Events", "Delivery", "Deadlines"],
        // Whom a promise calls in, and what its ladder does to the ticket.
        ["Escalation"] = ["Tickets", "Commitments", "Policies", "Events", "Delivery", "Deadlines"],
        // A new version of a policy or calendar, put in force for open tickets.
        ["Applications"] = ["LongWork", "Tickets", "Commitments", "Policies", "Calendars", "Events", "Delivery", "Deadlines"],
        // Tickets with their histories, in and out.
        ["Imports"] = ["Idempotency", "LongWork", "Tickets", "Commitments", "Policies", "Customers", "CustomFields", "Search", "Events", "Delivery", "Deadlines"],
        // Real tickets under a policy that is not in force.
        ["Rehearsals"] = ["Tickets", "Commitments", "Policies", "Calendars", "Delivery", "Deadlines"],
        // Work that takes longer than a request, whatever it is: its kinds are registered from above.
        ["LongWork"] = ["Events"],
        // The ways to a customer and back: her inbox, her word that she wants no mail, mail that came back.
        ["Channels"] = ["Tickets", "Customers", "Events", "Delivery", "Deadlines"],
        // What customers write by mail, and what comes back of mail to them.
        ["Inbound"] = ["Channels", "Tickets", "Attachments", "Customers", "Delivery", "Deadlines"],
        ["Surveys"] = ["Tickets", "Commitments", "Customers", "Events", "Delivery", "Deadlines"],
        ["Webhooks"] = ["Events", "Delivery"],
        // A ticket as its customer sees it, and what she answers there.
        ["TicketPages"] = ["Advisories", "Recovery", "Tickets", "Commitments", "Policies", "Attachments", "Idempotency", "Delivery", "Deadlines"],
        // A ticket chooses its policy, and its letters give the reason that an advisory has.
        ["Tickets"] = ["Advisories", "CustomFields", "Commitments", "Policies", "Attachments", "Customers", "Queues", "Search", "Solutions", "Events", "Delivery", "Deadlines"],
        // What is published, and what a ticket would be promised.
        ["Catalogue"] = ["Tickets", "Commitments", "Policies", "Calendars", "Delivery", "Deadlines"],
        ["Commitments"] = ["Policies", "Calendars", "Events", "Delivery", "Deadlines"],
        // Every change leaves an event.
        ["Policies"] = ["Calendars", "Events", "Deadlines"],
        // They cover tickets as policies do.
        ["Advisories"] = ["Policies", "Events", "Delivery", "Deadlines"],
        ["Calendars"] = ["Events", "Deadlines"],
        // All that is kept of a customer: exported, merged, erased.
        ["Dossiers"] = ["Recovery", "Tickets", "Attachments", "Customers", "Organisations", "Events", "Delivery", "Deadlines"],
        // What waits to be sent to a customer follows what she says of herself.
        ["Customers"] = ["Organisations", "Events", "Delivery"],
        ["Organisations"] = ["Events"],
        ["Agents"] = ["Queues", "Events"],
        ["Queues"] = ["Events"],
        // What a message carries; it knows a ticket by its number alone.
        ["Attachments"] = ["Events"],
        ["Search"] = [],
        ["CustomFields"] = ["Events"],
        ["Solutions"] = [],
        ["Events"] = [],
        ["Delivery"] = ["Events"],
        ["Access"] = ["Events"],
        ["Idempotency"] = [],
        ["Web"] = [],
        ["Time"] = [],
    };

    /// <summary>Nobody uses these but Program,</summary>
    private static readonly string[] Tops = ["Reports", "PromisePages", "Ops", "Sandbox", "Jobs"];

    /// <summary>and whoever stands here: the sandbox plays jobs, operators look at how they go, a job keeps the reports' figures, and the promise page shows them.</summary>
    private static readonly (string From, string To)[] AmongTops = [("Sandbox", "Jobs"), ("Ops", "Jobs"), ("Jobs", "Reports"), ("PromisePages", "Reports")];

    private static readonly IReadOnlyCollection<FolderReference> References = FolderReferences.Of(typeof(Refusal).Assembly.Location);

    [Test]
    public void Every_folder_has_its_place()
    {
        Assert.That(References.Select(reference => reference.From).Distinct(), Is.SubsetOf(MayUse.Keys));
        // One that stands in signatures, one that stands in the body of a lambda alone.
        Assert.That(References.Select(reference => (reference.From, reference.To)), Does.Contain(("Access", "Web")).And.Contain(("Jobs", "Access")), "the reader misses things");
    }

    [Test]
    public void Calls_point_down()
    {
        var wrong = References.Where(reference => !IsAllowed(reference.From, reference.To)).Select(reference => reference.ToString()).Order();
        Assert.That(wrong, Is.Empty);
    }

    private static bool IsAllowed(string from, string to)
    {
        if (from == to || from.Length == 0) return true;
        if (to.Length == 0) return false;
        if (Tops.Contains(to)) return AmongTops.Contains((from, to));
        // The ground itself: Web knows no database and no keys, Time knows nothing.
        if (from == "Web") return to is "Time";
        if (from == "Time") return false;
        return Ground.Contains(to) || MayUse[from].Contains(to) || MayUse[from].Contains(Everything);
    }
}
