namespace HelpDesk.Access;

/// <summary>A browser's proof that somebody signed in.</summary>
/// <param name="Id">The key's id, or <c>admin</c>; of who signed in at the issuer, the person as text.</param>
/// <param name="ExpiresAt">From this instant on, by the machine's time, it is no longer good.</param>
/// <param name="Text">As the browser has it.</param>
/// <param name="IsOf">Whether a hash is that of the secret it was made with: so it ends with the secret.</param>
/// <param name="Person">Who signed in at the issuer; null for a key.</param>
internal sealed record Session(string Id, Instant ExpiresAt, string Text, Predicate<byte[]> IsOf, TokenPerson? Person = null);
