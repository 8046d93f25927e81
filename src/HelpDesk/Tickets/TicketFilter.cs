using HelpDesk.Customers;
using HelpDesk.Database;
using HelpDesk.Deadlines;
using HelpDesk.Web;
using System.Linq.Expressions;
using System.Text;
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
        new("assignee", "Only tickets of this agent, by what stands in their assignee.", Example: "anna"),
        new("assigned", "false: only tickets that no agent has; true: only those that one has.", Words: ["true", "false"], IsList: false),
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
        new("recovery", "true: only tickets on which a promise was broken and what it promised is still owed; false: only the others.", Words: ["true", "false"], IsList: false),
        QueryFilter.Of<CommitmentState>("state", "Only tickets with a commitment, open or ended, in this state."),
        new("customFields", "Only tickets whose field of this key is the value, or a list that has it: customFields[floor]=3, or customFields.floor=3.", IsObject: true),
    ];

    public static IEnumerable<TicketCondition> Read(HttpRequest request, HelpDeskDb db, Instant now)
    {
        var query = request.Query;
        if (Words<TicketStatus>.FromQuery(request, "status") is { Length: > 0 } statuses) yield return Of(statuses, status => row => row.Status == status, row => statuses.Contains(row.Status));
        if (Words<Priority>.FromQuery(request, "priority") is { Length: > 0 } priorities)
        {
            yield return Of(priorities, priority => row => row.Priority == priority, row => priorities.Contains(row.Priority));
        }

        if (Texts(request, "queue") is { Length: > 0 } queues) yield return OfQueues(queues);
        if (Texts(request, "assignee") is { Length: > 0 } assignees) yield return Of(assignees, assignee => row => row.Assignee == assignee, row => assignees.Contains(row.Assignee));
        if (YesOrNo(request, "assigned") is { } assigned) yield return TicketCondition.Of(assigned ? row => row.Assignee != null : row => row.Assignee == null);
        if (YesOrNo(request, "recovery") is { } recovery) yield return StateFilter.InRecoveryIs(recovery);

        if (Texts(request, "category") is { Length: > 0 } categories) yield return Of(categories, category => row => row.Category == category, row => categories.Contains(row.Category));
        if (Texts(request, "channel") is { Length: > 0 } channels) yield return Of(channels, channel => row => row.Channel == channel, row => channels.Contains(row.Channel));
        if (Texts(request, "tag") is { Length: > 0 } tags) yield return OfTags([.. tags.SelectMany(Forms).Distinct()], db);
        if (Texts(request, "externalRef") is { Length: > 0 } references) yield return Of(references, reference => row => row.ExternalRef == reference, row => references.Contains(row.ExternalRef));
        if (Texts(request, "externalSource") is { Length: > 0 } sources) yield return Of(sources, source => row => row.ExternalSource == source, row => sources.Contains(row.ExternalSource));
        if (query["requester"] is [{ Length: > 0 } requester]) yield return OfRequester(requester, db);
        if (Ids(request, "organisation") is { Length: > 0 } organisations) yield return Of(organisations, id => row => row.OrganisationId == id, row => organisations.Contains(row.OrganisationId));
        if (InstantOf(request, "createdFrom") is { } from) yield return TicketCondition.Of(row => row.CreatedAt >= from);
        if (InstantOf(request, "createdTo") is { } to) yield return TicketCondition.Of(row => row.CreatedAt < to);
        if (InstantOf(request, "promisedBefore") is { } before) yield return TicketCondition.Of(row => row.NextPromisedAt < before);
        if (Words<CommitmentState>.FromQuery(request, "state") is { Length: > 0 } states) yield return StateFilter.Of(states, db, now);
    }

    public static TicketCondition OfQueues(string[] queues) => Of(queues, queue => row => row.Queue == queue, row => queues.Contains(row.Queue));

    private static TicketCondition Of<T>(IEnumerable<T> values, Func<T, Expression<Func<TicketRow, bool>>> isOne, Expression<Func<TicketRow, bool>> isAny) =>
        TicketCondition.Of([.. values.Distinct()], isOne, isAny);

    /// <summary>Letters with marks are written as one sign or as two that look the same: tags are kept as they were given, and found by either.</summary>
    private static string[] Forms(string tag)
    {
        try
        {
            return Ascii.IsValid(tag) ? [tag] : [tag, tag.Normalize(NormalizationForm.FormC), tag.Normalize(NormalizationForm.FormD)];
        }
        catch (ArgumentException)
        {
            // U+FFFE and the like have no other form.
            return [tag];
        }
    }

    private static TicketCondition OfTags(string[] tags, HelpDeskDb db)
    {
        long[] marks = [.. tags.Select(TicketMark.OfTag).Distinct()];
        return new TicketCondition(
            row => db.Set<TicketMark>().Any(mark => marks.Contains(mark.Mark) && mark.CreatedAt == row.CreatedAt && mark.TicketId == row.Id) && row.Tags.Any(tag => tags.Contains(tag)),
            [.. tags.Select(tag => new TicketAlternative(row => row.Tags.Contains(tag), TicketMark.OfTag(tag)))]);
    }

    private static TicketCondition OfRequester(string requester, HelpDeskDb db)
    {
        if (Guid.TryParse(requester, out var id)) return TicketCondition.Of(row => row.RequesterId == id);
        var email = CustomerRules.EmailOf(requester);
        // Looked up once and not per ticket, so that the tickets are walked by their requester.
        return TicketCondition.Of(row => row.RequesterId == db.Set<CustomerAddress>().Where(address => address.Email == email).Select(address => (Guid?)address.CustomerId).FirstOrDefault());
    }

    private static Guid?[] Ids(HttpRequest request, string parameter) =>
        [.. Texts(request, parameter).Select(text => Guid.TryParse(text, out var id) ? (Guid?)id : throw Refusal.Invalid(parameter, "must be an id, or several with commas"))];
}
