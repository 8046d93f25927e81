using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;

namespace HelpDesk.Access.Oidc;

/// <summary>What became of a sign-in at the issuer.</summary>
/// <param name="Caller">Null where it came to nothing.</param>
/// <param name="Session">The session of who may do everything, or is a lead; null for others.</param>
/// <param name="Reason">Why it came to nothing; for the log.</param>
internal sealed record SignedIn(Caller? Caller, Session? Session, string? Reason = null);

/// <summary>
/// People sign in at the issuer by the code flow of OpenID Connect: the browser goes there with a state, a nonce and a challenge (PKCE), comes back with a code, and the desk trades the code for
/// tokens. Who they are and what they may do is taken from these as from any bearer's token.
/// </summary>
internal sealed partial class IssuerSignIn(
    OidcOptions options, IssuerKeys issuer, TokenReader tokens, Doorkeeper door, Sessions sessions, HttpClient http, ILogger<IssuerSignIn> log)
{
    private const int LongestCode = 4000;

    private readonly SignInClient client = options.SignIn!;

    /// <summary>Where the browser is sent.</summary>
    /// <exception cref="IssuerAwayException">It is not known where.</exception>
    public async Task<string> Address(SignInAttempt attempt, string callback, CancellationToken cancel) =>
        QueryHelpers.AddQueryString((await Addresses(cancel)).People.AbsoluteUri, new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = client.Id,
            ["redirect_uri"] = callback,
            ["scope"] = client.Scopes,
            ["state"] = attempt.State,
            ["nonce"] = attempt.Nonce,
            ["code_challenge"] = attempt.Challenge,
            ["code_challenge_method"] = "S256",
            ["ui_locales"] = attempt.Language,
        }.Where(pair => pair.Value is not null).ToDictionary());

    /// <param name="from">Who the answer says it is of (RFC 9207); null where it does not say so.</param>
    /// <exception cref="IssuerAwayException">It cannot be asked about the code.</exception>
    public async Task<SignedIn> Finish(SignInAttempt attempt, string? code, string? from, string callback, CancellationToken cancel)
    {
        if (from is not null && from != (await issuer.Get(null, cancel)).Issuer) return Nothing("The answer is of another issuer.");
        if (code is not { Length: > 0 and <= LongestCode }) return Nothing("The answer has no code.");
        if (await Trade(attempt, code, callback, cancel) is not { Identity: { Length: > 0 } identity } answer) return Nothing("The issuer gave no token for the code.");
        var who = await tokens.ReadIdentity(identity, client, attempt.Nonce, cancel);
        if (who.Caller is null) return Nothing(who.Reason!);
        who = await WithRoles(who, answer.Access, cancel);
        var found = await door.Recognise(who, cancel);
        if (found.Caller is not { } caller) return Nothing(found.Reason!);
        var isOperator = caller.May(Scopes.Admin);
        if (!isOperator && !caller.IsLead) return new(caller, null);
        var session = sessions.Begin(new TokenPerson(who.Caller!.Id, who.Caller.Name, who.Agent) { IsLead = !isOperator }, tokens.SignInPrint!, who.Until!.Value);
        // Within what the issuer's clock may be off.
        return session is null ? Nothing("The token has just ended.") : new(caller, session);
    }

    /// <summary>Some issuers put roles in the token for the desk alone: it counts where it is a good one of the same person, and then the session ends with whichever ends first.</summary>
    private async Task<Recognition> WithRoles(Recognition who, string? access, CancellationToken cancel)
    {
        if (who.Caller is not { } caller || caller.May(Scopes.Admin) || access is null || !TokenReader.Looks(access)) return who;
        var other = await tokens.Read(access, cancel);
        return other.Caller is { } same && same.Id == caller.Id
            ? who with { Caller = caller with { Scopes = same.Scopes }, Until = Instant.Min(who.Until!.Value, other.Until!.Value) }
            : who;
    }

    private async Task<Answer?> Trade(SignInAttempt attempt, string code, string callback, CancellationToken cancel)
    {
        var addresses = await Addresses(cancel);
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = callback, ["code_verifier"] = attempt.Verifier, ["client_id"] = client.Id,
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, addresses.Tokens);
        request.Headers.Accept.Add(new("application/json"));
        if (client.Secret is { } secret && addresses.TakesBasic) request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(client.Id)}:{Uri.EscapeDataString(secret)}")));
        else if (client.Secret is not null) form["client_secret"] = client.Secret;
        request.Content = new FormUrlEncodedContent(form);
        try
        {
            using var answer = await http.SendAsync(request, cancel);
            if (answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) return null;
            answer.EnsureSuccessStatusCode();
            return await answer.Content.ReadFromJsonAsync<Answer>(cancel);
        }
        catch (Exception error) when (error is HttpRequestException or JsonException or NotSupportedException || (error is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            LogAway(log, addresses.Tokens, error.GetBaseException().Message);
            throw new IssuerAwayException();
        }
    }

    private async Task<SignInAddresses> Addresses(CancellationToken cancel)
    {
        if ((await issuer.Get(null, cancel)).SignIn is { } addresses) return addresses;
        LogNoAddresses(log, options.Authority);
        throw new IssuerAwayException();
    }

    private static SignedIn Nothing(string reason) => new(null, null, reason);

    private sealed record Answer([property: JsonPropertyName("id_token")] string? Identity, [property: JsonPropertyName("access_token")] string? Access);

    [LoggerMessage(1204, LogLevel.Warning, "The issuer could not be asked for tokens at {Address}: {Reason}")]
    private static partial void LogAway(ILogger log, Uri address, string reason);

    [LoggerMessage(1205, LogLevel.Warning, "The issuer {Authority} does not say where people sign in, or names addresses that may not be asked (authorization_endpoint, token_endpoint).")]
    private static partial void LogNoAddresses(ILogger log, Uri authority);
}
