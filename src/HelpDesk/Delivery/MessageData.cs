using System.Text.Json.Serialization;

namespace HelpDesk.Delivery;

/// <summary>What programs read of a message beside its words.</summary>
/// <param name="PublicUrl">The address of the customer's own page of the ticket.</param>
/// <param name="Promises">The promises that it tells of.</param>
/// <param name="Notices">Of a notice to people of the desk, what it asks; null in every other message.</param>
internal sealed record MessageData(
    string? PublicUrl, IReadOnlyList<MessagePromise> Promises, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<MessageNotice>? Notices = null);

/// <summary>One promise that needs somebody of the desk.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="CustomerName">Its customer's name.</param>
/// <param name="Kind">What is owed.</param>
/// <param name="PromisedAt">What was promised.</param>
/// <param name="NowPromisedAt">What is promised now; null where nothing is.</param>
/// <param name="Why">coming_up, lapsed, put_off, given_up, unreachable, not_told or callback.</param>
/// <param name="Url">Where an agent sees the ticket.</param>
internal sealed record MessageNotice(
    long TicketId, string Subject, string? CustomerName, string Kind, Instant PromisedAt, Instant? NowPromisedAt, string Why, string? Url);

/// <summary>One promise that a message tells of.</summary>
/// <param name="Kind">What is promised: first_response, next_response, update, resolution or callback. Example: "first_response".</param>
/// <param name="PromisedAt">Until when; null where the message says that there is no date.</param>
/// <param name="Before">The instant that was promised before, where it is another.</param>
public sealed record MessagePromise(string Kind, Instant? PromisedAt, Instant? Before);
