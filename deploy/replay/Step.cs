namespace HelpDesk.Replay;

/// <summary>One thing done to the desk at one instant, on behalf of one incident.</summary>
internal abstract record Step(Instant At);

internal sealed record Open(Instant At, Incident Incident, Fields Fields) : Step(At);

/// <summary>A patch of the ticket.</summary>
internal sealed record Patch(Instant At, IReadOnlyDictionary<string, string> Members) : Step(At);

/// <summary>A message on the ticket, with the status that follows from it, if one does.</summary>
internal sealed record Say(Instant At, string Author, string By, string Visibility, string Body, string? Status) : Step(At);
