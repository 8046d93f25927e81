using HelpDesk.Commitments;
using HelpDesk.Customers;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Web;
using Microsoft.EntityFrameworkCore;
using static HelpDesk.Web.QueryValues;

namespace HelpDesk.Tickets;

/// <summary>The filters of a list of tickets. Several values of one filter are alternatives; several filters all hold.</summary>
internal static class TicketFilter
{
    public static IReadOnlyList<QueryFilter> All { get; } =
    [
        QueryFilter.Of<TicketStatus>("status", "Only tickets of this status."),
        QueryFilter.Of<Priority>("priority", "Only tickets of this priority."),
        new("queue", "Only tickets in this queue.", Example: "billing"),
        new("assignee", "Only tickets of this agent.", Example: "anna"),
        new("requester", "Only tickets of this customer: an id or an e-mail address.", Example: "ayla@example.org", IsList: false),
        new("organisation", "Only tickets opened under the organisation with this id.", Format: "uuid", Example: "0195564e-1200-7a01-8f00-0a1b2c3d4e5f"),
        new("category", "Only tickets of this category.", Example: "invoice"),
        new("tag", "Only tickets with this tag.", Example: "vip"),
        new("channel", "Only tickets that came this way.", Example: "web"),
        new("createdFrom", "Only tickets created at this instant or later.", Format: "date-time", Example: "2026-03-02T08:00:00Z", IsList: false),
        new("createdTo", "Only tickets created before this instant.", Format: "date-time", Example: "2026-04-01T00:00:00Z", IsList: false),
        new("promisedBefore", "Only tickets whose earliest open promise is for an instant before this one.", Format: "date-time", Example: "2026-03-02T16:00:00Z", IsList: false),
        new("externalRef", "Only tickets that a system of yours calls so; what it calls them is unique within externalSource.", Example: "crm-42"),
        new("externalSource", "Only tickets named by this system of yours.", Example: "crm"),
        QueryFilter.Of<CommitmentState>("state", "Only tickets with a commitment, open or ended, in this state."),
        new("customFields", "Only tickets whose field of this key is the value, or a list that has it: customFields[floor]=3, or customFields.floor=3.", IsObject: true),
    ];

    public static IQueryable<TicketRow> Apply(IQueryable<TicketRow> rows, HelpDeskDb db, HttpRequest request, Instant now)
    {
        var query = request.Query;
        if (Words<TicketStatus>.FromQuery(request, "status") is { Length: > 0 } statuses) rows = rows.Where(row => statuses.Contains(row.Status));
        if (Words<Priority>.FromQuery(request, "priority") is { Length: > 0 } priorities) rows = rows.Where(row => priorities.Contains(row.Priority));
        if (Texts(request, "queue") is { Length: > 0 } queues) rows = rows.Where(row => queues.Contains(row.Queue));
        if (Texts(request, "assignee") is { Length: > 0 } assignees) rows = rows.Where(row => assignees.Contains(row.Assignee));
        if (Texts(request, "category") is { Length: > 0 } categories) rows = rows.Where(row => categories.Contains(row.Category));
        if (Texts(request, "channel") is { Length: > 0 } channels) rows = rows.Where(row => channels.Contains(row.Channel));
        if (Texts(request, "tag") is { Length: > 0 } tags) rows = rows.Where(row => row.Tags.Any(tag => tags.Contains(tag)));
        if (Texts(request, "externalRef") is { Length: > 0 } references) rows = rows.Where(row => references.Contains(row.ExternalRef));
        if (Texts(request, "externalSource") is { Length: > 0 } sources) rows = rows.Where(row => sources.Contains(row.ExternalSource));
        if (query["requester"] is [{ Length: > 0 } requester]) rows = OfRequester(rows, db, requester);
        // Of one alone the index knows the order too.
        if (Ids(request, "organisation") is { Length: > 0 } organisations)
        {
            rows = organisations is [var one] ? rows.Where(row => row.OrganisationId == one) : rows.Where(row => organisations.Contains(row.OrganisationId));
        }

        if (InstantOf(request, "createdFrom") is { } from) rows = rows.Where(row => row.CreatedAt >= from);
        if (InstantOf(request, "createdTo") is { } to) rows = rows.Where(row => row.CreatedAt < to);
        if (InstantOf(request, "promisedBefore") is { } before) rows = rows.Where(row => row.NextPromisedAt < before);
        if (Words<CommitmentState>.FromQuery(request, "state") is { Length: > 0 } states) rows = InState(rows, db, states, now);
        return rows;
    }

    private static IQueryable<TicketRow> OfRequester(IQueryable<TicketRow> rows, HelpDeskDb db, string requester)
    {
        if (Guid.TryParse(requester, out var id)) return rows.Where(row => row.RequesterId == id);
        var email = CustomerRules.EmailOf(requester);
        return rows.Where(row => db.Set<CustomerAddress>().Any(address => address.CustomerId == row.RequesterId && address.Email == email));
    }

    private static IQueryable<TicketRow> InState(IQueryable<TicketRow> rows, HelpDeskDb db, CommitmentState[] states, Instant now)
    {
        var (running, overdue) = (states.Contains(CommitmentState.Running), states.Contains(CommitmentState.Overdue));
        return rows.Where(row => db.Set<CommitmentRow>().Any(commitment => commitment.TicketId == row.Id
            && (commitment.State != CommitmentState.Running
                ? states.Contains(commitment.State)
                : commitment.LapsedAt != null || commitment.PromisedAt < now ? overdue : running)));
    }

    private static Guid?[] Ids(HttpRequest request, string parameter) =>
        [.. Texts(request, parameter).Select(text => Guid.TryParse(text, out var id) ? (Guid?)id : throw Refusal.Invalid(parameter, "must be an id, or several with commas"))];
}
