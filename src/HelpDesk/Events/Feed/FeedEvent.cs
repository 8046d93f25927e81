using System.Text.Json;
using HelpDesk.Web.Json;
using NodaTime.Text;

namespace HelpDesk.Events.Feed;

/// <summary>Something that happened at the desk.</summary>
/// <param name="Id">Names the event. Not the order of the feed, in which what committed late stands later.</param>
/// <param name="Type">What happened, such as promise.broken.</param>
/// <param name="Version">Of what data has for the type. Members are added without a new version; what is taken away or changes its meaning makes one.</param>
/// <param name="At">When, by the desk's clock.</param>
/// <param name="Actor">Who did it: admin, key:…, agent:…, jwt:…, customer:…, or desk, which is the desk itself.</param>
/// <param name="RequestId">The X-Request-Id of the request that it came with; null for what the desk did of itself.</param>
/// <param name="TicketId">The ticket concerned.</param>
/// <param name="CommitmentId">The commitment concerned.</param>
/// <param name="PromiseId">The promise concerned.</param>
/// <param name="Data">The particulars, which depend on the type. What changed stands in changes: by member, from what to what.</param>
public sealed record FeedEvent(
    long Id, string Type, int Version, Instant At, string Actor, string? RequestId, long? TicketId, Guid? CommitmentId, Guid? PromiseId, JsonElement Data);

/// <summary>A page of the feed.</summary>
/// <param name="Items">The events, of each ticket in the order in which they happened.</param>
/// <param name="Next">Keep it, and pass it as <c>after</c> next time: also when there was nothing new.</param>
/// <param name="HasMore">Whether there are more at once. False: ask again in a while, or listen to the stream.</param>
public sealed record FeedPage(IReadOnlyList<FeedEvent> Items, string Next, bool HasMore);

/// <summary>An event as it was read, its data still text: it goes out as it came in.</summary>
internal sealed record FeedRow(
    long Sequence, string Type, Instant At, string Actor, string? RequestId, long? TicketId, Guid? CommitmentId, Guid? PromiseId, string Data, string? Queue)
{
    public const int Version = 1;

    public static readonly JsonWriterOptions Writing = new() { Encoder = JsonConventions.Options.Encoder, SkipValidation = true };

    /// <summary>Writes what <see cref="FeedEvent"/> has.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("id", Sequence);
        json.WriteString("type", Type);
        json.WriteNumber("version", Version);
        json.WriteString("at", InstantPattern.ExtendedIso.Format(At));
        json.WriteString("actor", Actor);
        json.WriteString("requestId", RequestId);
        if (TicketId is { } ticket) json.WriteNumber("ticketId", ticket);
        else json.WriteNull("ticketId");
        Write(json, "commitmentId", CommitmentId);
        Write(json, "promiseId", PromiseId);
        json.WritePropertyName("data");
        json.WriteRawValue(Data, skipInputValidation: true);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Guid? id)
    {
        if (id is { } value) json.WriteString(name, value);
        else json.WriteNull(name);
    }
}
