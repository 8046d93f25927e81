using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HelpDesk.Access;

/// <summary>Which version of a secret signs what is posted. The secret itself is derived of <see cref="DeskKey"/>.</summary>
internal sealed class WebhookSecret(string holder, int version, Instant previousUntil)
{
    /// <summary>Whose: see <see cref="WebhookHolder"/>.</summary>
    public string Holder { get; private set; } = holder;

    /// <summary>2 or more: version 1 needs no row.</summary>
    public int Version { get; private set; } = version;

    /// <summary>Machine time: until then, exclusive, the version before it signs too.</summary>
    public Instant PreviousUntil { get; private set; } = previousUntil;

    public void Rotate(Instant previousUntil)
    {
        Version++;
        PreviousUntil = previousUntil;
    }
}

/// <summary>Names whose secret signs.</summary>
internal static class WebhookHolder
{
    /// <summary>Of what is posted to the people of the desk.</summary>
    public const string Notices = "notices";

    public static string OfWebhook(Guid id) => $"webhook:{id}";

    public static string OfCustomer(Guid id) => $"customer:{id}";

    public static string OfOrganisation(Guid id) => $"organisation:{id}";
}

internal sealed class WebhookSecretTable : IEntityTypeConfiguration<WebhookSecret>
{
    public void Configure(EntityTypeBuilder<WebhookSecret> builder)
    {
        builder.ToTable("webhook_secrets");
        builder.HasKey(secret => secret.Holder);
    }
}
