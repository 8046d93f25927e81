using System.Security.Cryptography;
using System.Text;

namespace HelpDesk.Access.Oidc;

/// <summary>The desk as a client of the issuer, so that people can sign in there. No record: nobody is to write the secret by writing this.</summary>
/// <param name="id"><c>Access:Oidc:ClientId</c>, to which the issuer's tokens of identity are made out.</param>
/// <param name="secret"><c>Access:Oidc:ClientSecret</c>; null for a public client, which the proof of its code must do for.</param>
/// <param name="scopes"><c>Access:Oidc:SignInScopes</c>: what the issuer is asked to tell.</param>
internal sealed class SignInClient(string id, string? secret, string scopes)
{
    public string Id => id;

    public string? Secret => secret;

    public string Scopes => scopes;

    /// <summary>What sessions are held to: with another issuer or client those before are none.</summary>
    public byte[] Print(Uri authority) => SHA256.HashData(Encoding.UTF8.GetBytes($"{authority.OriginalString.TrimEnd('/')}\n{id}"));
}
