namespace HelpDesk.Organisations;

/// <summary>An organisation as it stands.</summary>
/// <param name="Id">Names the organisation.</param>
/// <param name="Name">For people.</param>
/// <param name="Tier">What policies tell customers apart by, for those who have no tier of their own.</param>
/// <param name="Domains">What stands after the @ in the addresses of its people, in lower case.</param>
/// <param name="ExternalRef">What another system calls it.</param>
/// <param name="Note">For agents.</param>
/// <param name="WebhookUrl">Where messages are posted to for customers of it who have no webhookUrl of their own.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record OrganisationResponse(
    Guid Id, string Name, string? Tier, IReadOnlyList<string> Domains, string? ExternalRef, string? Note, string? WebhookUrl, Instant CreatedAt, Instant UpdatedAt)
{
    internal static OrganisationResponse Of(Organisation organisation)
    {
        var definition = organisation.Definition;
        return new(
            organisation.Id, definition.Name, definition.Tier, definition.Domains!, definition.ExternalRef, definition.Note, definition.WebhookUrl,
            organisation.CreatedAt, organisation.UpdatedAt);
    }
}
