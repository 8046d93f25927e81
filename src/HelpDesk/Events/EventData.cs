using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace HelpDesk.Events;

/// <summary>A member of what an event says.</summary>
/// <param name="Name">As it stands in data.</param>
/// <param name="Type">Its JSON type.</param>
/// <param name="Words">What it means.</param>
/// <param name="Format">The JSON Schema format of its value.</param>
/// <param name="IsNullable">Whether it may be null.</param>
/// <param name="Choice">The words it knows, where it knows only some.</param>
/// <param name="Items">Of an array: the JSON type of what is in it.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
internal sealed record EventMember(
    string Name, JsonSchemaType Type, string Words, string? Format = null, bool IsNullable = false, IReadOnlyList<string>? Choice = null, JsonSchemaType? Items = null,
    bool IsOptional = false)
{
    public EventMember OrNull => this with { IsNullable = true };

    public EventMember OrNone => this with { IsOptional = true };

    public OpenApiSchema Schema => new()
    {
        Type = IsNullable ? Type | JsonSchemaType.Null : Type,
        Description = Words,
        Format = Format,
        Enum = Choice is null ? null : [.. Choice.Select(word => JsonValue.Create(word)), .. IsNullable ? [JsonNullSentinel.JsonNull] : Array.Empty<JsonNode>()],
        Items = Items is { } items ? new OpenApiSchema { Type = items } : null,
    };
}

/// <summary>What each type of event says in its data, for the OpenAPI document. A test holds every event that is written to it.</summary>
internal static class EventData
{
    private static readonly EventMember Changes = new(
        "changes", JsonSchemaType.Object, "Each member that changed, by its name in the API: from what (from) to what (to); null for what was not there.");

    private static readonly EventMember ChangesOfFeed = Changes with
    {
        Words = "Each member that changed, by its name in the API: from what (from) to what (to); null for what was not there. Of an address the scheme and the host alone, which may be the same.",
    };

    private static readonly EventMember Version = Whole("version", "The version that it has now.");
    private static readonly EventMember Name = Text("name", "The name that it had.");
    private static readonly EventMember CustomerId = Id("customerId", "The customer.");

    private static readonly EventMember[] OfCommitment =
    [
        Text("kind", "What is owed.") with { Choice = ["first_response", "next_response", "update", "resolution", "callback"] },
        Whole("cycle", "Which of its kind on the ticket, from 1."),
        Whole("promise", "Which promise of the commitment, from 1; null where it is about the commitment.").OrNull,
        At("promisedAt", "The date that was told, or is to be.").OrNull,
        At("before", "The date that this one replaces.").OrNull,
        At("dueAt", "When the internal target is over; null while the clock stands still, and where it is about a promise.").OrNull,
        Length("target", "The internal target; null where it is about a promise.").OrNull,
        Text("hours", "Which hours count: working or around_the_clock; null where it is about a promise.").OrNull,
        Length("used", "How much of the target was used; null where it is about a promise.").OrNull,
        Text("madeBy", "Who made the promise: policy, agent, follow_up or recovery; null where it is about the commitment.").OrNull,
        Text("reason", "Why, in the word of the rule; null where there is nothing to add.").OrNull,
    ];

    private static readonly EventMember[] OfLink =
    [
        Id("linkId", "The link."), Text("type", "What the two tickets have to do with each other."),
        Text("direction", "Whether the link leads from this ticket (outgoing) or to it (incoming)."), Whole("ticketId", "The other ticket.", "int64"),
    ];

    private static readonly EventMember[] OfHolidayFeed = [Id("holidayFeedId", "The feed."), Id("calendarId", "Whose holidays it brings.")];

    private static readonly EventMember[] FromInto = [Whole("fromId", "The ticket it was taken from.", "int64"), Whole("intoId", "The ticket it went into.", "int64")];
    private static readonly EventMember[] OfInbox = [CustomerId, new("deliveryIds", JsonSchemaType.Array, "The messages.", Items: JsonSchemaType.String)];

    /// <summary>By type, of those that are told outside of the audit log.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<EventMember>> All { get; } = Build();

    private static Dictionary<string, IReadOnlyList<EventMember>> Build()
    {
        var all = new Dictionary<string, IReadOnlyList<EventMember>>
        {
            ["ticket.created"] =
            [
                Text("subject", "Its subject."), Text("status", "Its status."), Text("priority", "Its priority."), Text("channel", "How it came."), Text("queue", "Its queue.").OrNull,
                Text("category", "Its category.").OrNull, new("tags", JsonSchemaType.Array, "Its tags.", Items: JsonSchemaType.String), Text("externalRef", "Its name in another system.").OrNull,
                Text("externalSource", "That system.").OrNull, new("customFields", JsonSchemaType.Object, "Its custom fields, by key."), Text("assignee", "Who has it.").OrNull,
                Text("createdBy", "Who wrote it: customer or agent."), Id("requesterId", "The customer it is for."), Whole("continuesId", "The closed ticket that it continues.", "int64").OrNull,
            ],
            ["ticket.imported"] =
            [
                Id("jobId", "The import."), Whole("line", "Its line in the file.", "int64"), Text("externalSource", "The system that it came from.").OrNull, Text("externalRef", "Its name there."),
                Id("requesterId", "The customer it is for."), Text("createdBy", "Who wrote it: customer or agent."), Text("status", "Its status when it was made."),
                Text("priority", "Its priority when it was made."), Text("queue", "Its queue when it was made.").OrNull, Text("category", "Its category when it was made.").OrNull,
                Text("assignee", "Who had it when it was made.").OrNull, new("tags", JsonSchemaType.Array, "Its tags when it was made.", Items: JsonSchemaType.String),
                new("history", JsonSchemaType.Array, "What happened to it, but for the words: at, type, and what belongs to the type.", Items: JsonSchemaType.Object),
            ],
            ["ticket.updated"] = [Changes],
            ["ticket.closed"] = [Changes],
            ["ticket.merged"] =
                [.. FromInto, Changes, new("moved", JsonSchemaType.Array, "The commitments that went along: commitmentId, kind and cycle before, newKind and newCycle.", Items: JsonSchemaType.Object)],
            ["ticket.split"] = [.. FromInto, new("messageIds", JsonSchemaType.Array, "The messages that went along.", Items: JsonSchemaType.String)],
            ["page_link.renewed"] = [],
            ["page_link.revoked"] = [],
            ["link.created"] = OfLink,
            ["link.deleted"] = OfLink,
            ["attachment.created"] =
                [Id("attachmentId", "The file."), Text("name", "Its name."), Text("type", "Its media type, read from its bytes."), Whole("size", "Its length in bytes.", "int64"), Text("sha256", "The SHA-256 of its bytes, in hexadecimal.")],
            ["message.created"] =
            [
                Id("messageId", "The message."), Text("author", "Who wrote it: customer, agent or system."), Text("authorId", "The agent or customer, where one is known.").OrNull,
                Text("visibility", "Whom it is for: public or internal."), new("automated", JsonSchemaType.Boolean, "Whether a machine wrote it."),
            ],
            ["remedy.offered"] = [Id("remedyId", "What was offered."), Text("text", "In what words."), Id("deliveryId", "The message that tells of it; null where nobody is written to.").OrNull],
            ["ladder.climbed"] = [.. OfCommitment, Whole("step", "Which step of the ladder, from 1."), Text("do", "What the step does."), Text("to", "To whom or what; not there where the step has none.").OrNone],
            ["people.called"] =
            [
                Text("why", "What for."), Text("step", "The step of the ladder; null where none called them.").OrNull, new("people", JsonSchemaType.Array, "Who, by id or address.", Items: JsonSchemaType.String),
                At("dueAt", "The date that it is about.").OrNull,
            ],
            ["delivery.retried"] = [Id("deliveryId", "The message."), Changes],
            ["delivery.bounced"] =
                [Id("deliveryId", "The message."), CustomerId.OrNull, Text("type", "bounce or complaint."), new("permanent", JsonSchemaType.Boolean, "Whether the address is given up.")],
            ["inbox.read"] = OfInbox,
            ["inbox.unread"] = OfInbox,
            ["customer.created"] = [CustomerId, Changes],
            ["customer.updated"] = [CustomerId, Changes],
            ["customer.merged"] = [CustomerId, Id("mergedId", "The customer who is no more."), Whole("tickets", "How many tickets went along."), Changes],
            ["customer.erased"] = [CustomerId, Whole("tickets", "How many tickets of hers there were.")],
            ["holiday_feed.created"] = [.. OfHolidayFeed, ChangesOfFeed],
            ["holiday_feed.updated"] = [.. OfHolidayFeed, ChangesOfFeed],
            ["holiday_feed.deleted"] = [.. OfHolidayFeed, ChangesOfFeed],
            ["holiday_feed.requested"] = OfHolidayFeed,
            ["holiday_feed.read"] =
            [
                .. OfHolidayFeed, Whole("version", "The version that the calendar has now."), Whole("holidays", "How many holidays the feed brings."),
                new("added", JsonSchemaType.Array, "Those that it did not bring before.", Items: JsonSchemaType.String),
                new("removed", JsonSchemaType.Array, "Those that it brings no more.", Items: JsonSchemaType.String),
            ],
            ["holiday_feed.failed"] = [.. OfHolidayFeed, Text("problem", "Why, in words.")],
            ["policy.applied"] = [Id("jobId", "The job that applied it."), Id("policyId", "The policy."), Changes],
            ["policies.reordered"] = [Changes],
            ["job.queued"] = [Id("jobId", "The job."), Text("kind", "What it does."), new("request", JsonSchemaType.Object, "What was asked for.")],
            ["job.ended"] = [Id("jobId", "The job."), Text("kind", "What it did."), Text("state", "done, failed or cancelled."), Text("error", "Why it failed.").OrNull],
            ["job.triggered"] = [Text("name", "The recurring job.")],
            ["job.paused"] = [Text("name", "The recurring job."), Changes],
            ["job.resumed"] = [Text("name", "The recurring job."), Changes],
        };
        foreach (var type in EventTypes.All.Keys.Where(type => type.Split('.')[0] is "commitment" or "promise" or "follow_up" or "recovery")) all[type] = OfCommitment;
        foreach (var thing in new[] { "organisation", "custom_field", "queue", "agent", "calendar", "policy", "advisory", "template" }) AddThing(all, thing);
        return all;
    }

    /// <summary>What is made, changed and deleted as a whole; calendars, policies and templates have versions.</summary>
    private static void AddThing(Dictionary<string, IReadOnlyList<EventMember>> all, string thing)
    {
        var id = Id(thing is "custom_field" ? "customFieldId" : $"{thing}Id", "Names it.");
        all[$"{thing}.created"] = [id, Changes];
        all[$"{thing}.updated"] = thing is "calendar" or "policy" or "template" ? [id, Version, Changes] : [id, Changes];
        all[$"{thing}.deleted"] = thing is "calendar" or "policy" ? [id, Name] : [id, Changes];
    }

    private static EventMember Text(string name, string words) => new(name, JsonSchemaType.String, words);

    private static EventMember Id(string name, string words) => new(name, JsonSchemaType.String, words, "uuid");

    private static EventMember At(string name, string words) => new(name, JsonSchemaType.String, words, "date-time");

    private static EventMember Length(string name, string words) => new(name, JsonSchemaType.String, words, "duration");

    private static EventMember Whole(string name, string words, string format = "int32") => new(name, JsonSchemaType.Integer, words, format);
}
