namespace HelpDesk.Delivery;

/// <summary>What programs read of a message beside its words.</summary>
/// <param name="PublicUrl">The address of the customer's own page of the ticket.</param>
/// <param name="Promises">The promises that it tells of.</param>
internal sealed record MessageData(string? PublicUrl, IReadOnlyList<MessagePromise> Promises);

/// <summary>One promise that a message tells of.</summary>
/// <param name="Kind">What is promised: first_response, next_response, update, resolution or callback. Example: "first_response".</param>
/// <param name="PromisedAt">Until when; null where the message says that there is no date.</param>
/// <param name="Before">The instant that was promised before, where it is another.</param>
public sealed record MessagePromise(string Kind, Instant? PromisedAt, Instant? Before);
