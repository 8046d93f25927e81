using HelpDesk.Database;
using HelpDesk.Time;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HelpDesk.Access;

/// <summary>The secrets that posts are signed with, as their receivers have them: <c>whsec_</c> and base64, after the Standard Webhooks specification.</summary>
/// <param name="Secret">Signs every post from now on; verify <c>webhook-signature</c> with it.</param>
/// <param name="PreviousSecret">The one before it, which signs beside it until previousUntil; null when there is none.</param>
/// <param name="PreviousUntil">Until then, exclusive, by the machine's clock; null when there is none.</param>
public sealed record WebhookSecretAnswer(string Secret, string? PreviousSecret, Instant? PreviousUntil);

/// <summary>Derives secrets and keeps which version is good.</summary>
internal sealed class WebhookSecrets(DeskKey key, NpgsqlDataSource database, TimeProvider machine)
{
    private static readonly Duration Overlap = Duration.FromDays(1);

    /// <summary>The bytes of every secret that signs now, the newest first.</summary>
    public async Task<IReadOnlyList<byte[]>> Signing(string holder, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select version, previous_until from webhook_secrets where holder = $1");
        command.Parameters.AddWithValue(holder);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var kept = await row.ReadAsync(cancel) ? new WebhookSecret(holder, row.GetInt32(0), row.GetDateTime(1).ToInstant()) : null;
        return IsOverlapping(kept) ? [Bytes(holder, kept!.Version), Bytes(holder, kept.Version - 1)] : [Bytes(holder, kept?.Version ?? 1)];
    }

    public async Task<WebhookSecretAnswer> Read(HelpDeskDb db, string holder, CancellationToken cancel) =>
        Answer(holder, await Find(db.Set<WebhookSecret>().AsNoTracking(), holder, cancel));

    /// <summary>In the caller's transaction, which holds the holder's row: two at once make two new versions.</summary>
    public async Task<WebhookSecretAnswer> Rotate(HelpDeskDb db, string holder, CancellationToken cancel)
    {
        var until = (machine.GetCurrentInstant() + Overlap).ToMicrosecond();
        var kept = await Find(db.Set<WebhookSecret>(), holder, cancel);
        if (kept is null) db.Add(kept = new WebhookSecret(holder, 2, until));
        else kept.Rotate(until);
        return Answer(holder, kept);
    }

    private static Task<WebhookSecret?> Find(IQueryable<WebhookSecret> secrets, string holder, CancellationToken cancel) =>
        secrets.FirstOrDefaultAsync(row => row.Holder == holder, cancel);

    private WebhookSecretAnswer Answer(string holder, WebhookSecret? kept) => IsOverlapping(kept)
        ? new(Shown(holder, kept!.Version), Shown(holder, kept.Version - 1), kept.PreviousUntil)
        : new(Shown(holder, kept?.Version ?? 1), null, null);

    private bool IsOverlapping(WebhookSecret? kept) => kept is not null && machine.GetCurrentInstant() < kept.PreviousUntil;

    private string Shown(string holder, int version) => $"whsec_{Convert.ToBase64String(Bytes(holder, version))}";

    private byte[] Bytes(string holder, int version) => key.For($"webhook:{holder}:{version}");
}
