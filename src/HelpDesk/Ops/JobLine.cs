namespace HelpDesk.Ops;

/// <summary>A recurring job, and how it goes.</summary>
/// <param name="IsShared">It runs once across servers, else on each.</param>
/// <param name="LastAt">Machine time; null where nobody knows of a run.</param>
/// <param name="Took">Null where another server ran it.</param>
/// <param name="Error">What it failed with here.</param>
/// <param name="NextAt">When it comes at the latest.</param>
public sealed record JobLine(string Name, bool IsShared, Duration Every, Instant? LastAt, Duration? Took, int Done, string? Error, Instant? NextAt);
