namespace HelpDesk.Access;

/// <summary>A key that was given out. Revoked keys stay, so that what they did can still be told.</summary>
internal sealed class ApiKey
{
    private ApiKey()
    {
    }

    public ApiKey(string id, ApiKeyFields fields, Guid? agentId, byte[] secretHash, Instant now)
    {
        Id = id;
        RowVersion = 1;
        AgentId = agentId;
        SecretHash = secretHash;
        CreatedAt = now;
        Take(fields);
    }

    public string Id { get; private set; } = null!;

    public long RowVersion { get; private set; }

    public string Name { get; private set; } = null!;

    public List<string> Scopes { get; private set; } = null!;

    /// <summary>The queues whose tickets alone it opens; null for all.</summary>
    public List<string>? Queues { get; private set; }

    /// <summary>The agent it was made for.</summary>
    public Guid? AgentId { get; private set; }

    public byte[] SecretHash { get; private set; } = null!;

    /// <summary>The secret before the last rotation, good until <see cref="PreviousUntil"/>, exclusive.</summary>
    public byte[]? PreviousHash { get; private set; }

    public Instant? PreviousUntil { get; private set; }

    public Instant CreatedAt { get; private set; }

    /// <summary>From this instant on, by the machine's time, the key is no longer good.</summary>
    public Instant? ExpiresAt { get; private set; }

    public Instant? RevokedAt { get; private set; }

    /// <summary>Right to about a minute; see <see cref="KeyUse"/>.</summary>
    public Instant? LastUsedAt { get; private set; }

    public ApiKeyFields Fields => new(Name, Scopes, ExpiresAt, Queues);

    public void Change(ApiKeyFields fields)
    {
        Take(fields);
        RowVersion++;
    }

    /// <summary>Gives it a new secret. Of older ones only the last stays good, until then.</summary>
    public void Rotate(byte[] secretHash, Instant until)
    {
        (PreviousHash, PreviousUntil) = (SecretHash, until);
        SecretHash = secretHash;
        RowVersion++;
    }

    public void Revoke(Instant now)
    {
        RevokedAt ??= now;
        RowVersion++;
    }

    public bool IsGood(byte[] hash, Instant now) => IsGood(other => ApiKeySecret.Same(other, hash), now);

    /// <param name="sameHash">Whether a hash is that of the secret in question.</param>
    public bool IsGood(Predicate<byte[]> sameHash, Instant now) =>
        RevokedAt is null && !(ExpiresAt <= now) && (sameHash(SecretHash) || (now < PreviousUntil && sameHash(PreviousHash!)));

    private void Take(ApiKeyFields fields)
    {
        Name = fields.Name.Trim();
        Scopes = [.. fields.Scopes.Distinct()];
        Queues = fields.Queues is null ? null : [.. fields.Queues.Distinct()];
        ExpiresAt = fields.ExpiresAt;
    }
}
