using HelpDesk.Web;

namespace HelpDesk.Policies;

/// <summary>A policy as one of its versions says it.</summary>
/// <param name="Id">Names the policy.</param>
/// <param name="Version">Raised by every change of what it says. Open tickets keep the version they were promised by.</param>
/// <param name="Name">For people.</param>
/// <param name="Description">For people.</param>
/// <param name="CalendarId">The calendar whose hours working terms are counted in.</param>
/// <param name="Published">Whether it stands in the public catalogue.</param>
/// <param name="When">Which tickets it covers.</param>
/// <param name="Terms">A term per kind, as it was written.</param>
/// <param name="ReopenWindow">How long after the resolution a customer's message reopens the ticket.</param>
/// <param name="ReopenTarget">The resolution target after a reopening; null: the term's own.</param>
/// <param name="CloseAfter">How long after the resolution the ticket is closed of itself.</param>
/// <param name="PageExpires">How long after it was closed a ticket's public page can be opened by its customer.</param>
/// <param name="Remedy">What is offered when a promise was broken.</param>
/// <param name="QuietHours">Whether customers' quiet hours are kept.</param>
/// <param name="CreatedAt">When this version was made.</param>
public sealed record PolicyResponse(
    Guid Id,
    int Version,
    string Name,
    string? Description,
    Guid CalendarId,
    bool Published,
    PolicyConditions When,
    IReadOnlyDictionary<string, TermDefinition> Terms,
    IsoDuration ReopenWindow,
    IsoDuration? ReopenTarget,
    IsoDuration CloseAfter,
    IsoDuration PageExpires,
    string? Remedy,
    QuietHoursRule QuietHours,
    Instant CreatedAt)
{
    private static readonly IsoDuration DefaultWindow = new(Deadlines.PolicyTerms.DefaultReopenWindow, "P14D");

    private static readonly IsoDuration DefaultClosing = new(PolicyDefinition.DefaultCloseAfter, "P14D");

    private static readonly IsoDuration DefaultExpiry = new(PolicyDefinition.DefaultPageExpires, "P90D");

    internal static PolicyResponse Of(PolicyVersion version)
    {
        var definition = version.Read();
        return new PolicyResponse(
            version.PolicyId, version.Version, definition.Name!, definition.Description, version.CalendarId, definition.Published,
            definition.When ?? new PolicyConditions(), definition.Terms, definition.ReopenWindow ?? DefaultWindow, definition.ReopenTarget,
            definition.CloseAfter ?? DefaultClosing, definition.PageExpires ?? DefaultExpiry, definition.Remedy, definition.QuietHours ?? QuietHoursRule.Keep, version.CreatedAt);
    }
}
