namespace HelpDesk.Access;

/// <summary>A key that was given out. Revoked keys stay, so that what they did can still be told.</summary>
internal sealed class ApiKey
{
    private ApiKey()
    {
    }

    public ApiKey(string id, string name, IEnumerable<string> scopes, byte[] secretHash, Instant? expiresAt, Instant now)
    {
        Id = id;
        Name = name;
        Scopes = [.. scopes];
        SecretHash = secretHash;
        ExpiresAt = expiresAt;
        CreatedAt = now;
    }

    public string Id { get; private set; } = null!;

    public string Name { get; private set; } = null!;

    public List<string> Scopes { get; private set; } = null!;

    public byte[] SecretHash { get; private set; } = null!;

    public Instant CreatedAt { get; private set; }

    /// <summary>From this instant on, by the machine's time, the key is no longer good.</summary>
    public Instant? ExpiresAt { get; private set; }

    public Instant? RevokedAt { get; private set; }

    /// <summary>Right to about a minute; see <see cref="KeyUse"/>.</summary>
    public Instant? LastUsedAt { get; private set; }

    public void Revoke(Instant now) => RevokedAt ??= now;

    public bool IsGood(Instant now) => RevokedAt is null && !(ExpiresAt <= now);
}
