namespace HelpDesk.Access;

/// <summary>A browser's proof that somebody signed in with a key.</summary>
/// <param name="KeyId">The key's id, or <c>admin</c>.</param>
/// <param name="ExpiresAt">From this instant on, by the machine's time, it is no longer good.</param>
/// <param name="Text">As the browser has it.</param>
/// <param name="IsOf">Whether a hash is that of the secret it was made with: so it ends with the secret.</param>
internal sealed record Session(string KeyId, Instant ExpiresAt, string Text, Predicate<byte[]> IsOf);
