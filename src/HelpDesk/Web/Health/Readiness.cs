namespace HelpDesk.Web.Health;

/// <summary>Something that must be in order before this process should be sent requests.</summary>
/// <param name="Name">As the answer names it.</param>
/// <param name="Check">What is amiss, in words for an operator; null when all is well. Throwing counts as amiss.</param>
internal sealed record Readiness(string Name, Func<CancellationToken, Task<string?>> Check);
