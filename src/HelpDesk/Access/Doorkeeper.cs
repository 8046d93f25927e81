using HelpDesk.Access.Oidc;

namespace HelpDesk.Access;

/// <summary>Recognises whoever comes with a bearer's word: the admin key, an API key, or a token of the issuer.</summary>
internal sealed class Doorkeeper(KeyRing keys, TokenReader? tokens = null)
{
    /// <exception cref="IssuerAwayException">It is a token, and the issuer's keys are not at hand.</exception>
    public async Task<Recognition> Recognise(string bearer, CancellationToken cancel)
    {
        if (tokens is not null && TokenReader.Looks(bearer)) return await tokens.Read(bearer, cancel);
        return await keys.Find(bearer, cancel) is { } caller ? new(caller) : Recognition.Guess("The key is unknown, revoked or expired.");
    }
}
