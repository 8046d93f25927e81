using HelpDesk.Access.Oidc;

namespace HelpDesk.Access;

/// <summary>Recognises whoever comes with a bearer's word: the admin key, an API key, or a token of the issuer; and the agent behind it.</summary>
internal sealed class Doorkeeper(KeyRing keys, AgentBook agents, TokenReader? tokens = null)
{
    /// <exception cref="IssuerAwayException">It is a token, and the issuer's keys are not at hand.</exception>
    public async Task<Recognition> Recognise(string bearer, CancellationToken cancel)
    {
        if (tokens is not null && TokenReader.Looks(bearer)) return await OfToken(await tokens.Read(bearer, cancel), agents.Find, cancel);
        return await keys.Find(bearer, cancel) is { } caller ? await OfKey(caller, agents.Find, cancel) : Recognition.Guess("The key is unknown, revoked or expired.");
    }

    /// <summary>Who signs in with a key: the agent behind it as she is now, and not as she was a moment ago.</summary>
    public async Task<Caller?> RecogniseAnew(string key, CancellationToken cancel) => await keys.Find(key, cancel) is { } caller ? (await OfKey(caller, agents.FindAnew, cancel)).Caller : null;

    /// <summary>Who signed in with a key, as long as the key is good and allows what it did; or at the issuer, as long as it is the desk's. The agent is asked about anew.</summary>
    public async Task<Caller?> Recognise(Session session, CancellationToken cancel)
    {
        if (session.Person is { } person)
        {
            return tokens?.SignInPrint is { } print && session.IsOf(print) ? (await Recognise(new Recognition(person.Caller, Agent: person.Agent), cancel)).Caller : null;
        }
        return await keys.Find(session.Id, session.IsOf, cancel) is { } caller ? (await OfKey(caller, agents.FindAnew, cancel)).Caller : null;
    }

    /// <summary>Whom a token that was found to be good names, with the agent behind it as she is now.</summary>
    public Task<Recognition> Recognise(Recognition token, CancellationToken cancel) => OfToken(token, agents.FindAnew, cancel);

    private static async Task<Recognition> OfKey(Caller caller, FindAgent find, CancellationToken cancel)
    {
        if (caller.AgentId is not { } id) return new(caller);
        return await find(id.ToString(), cancel) is { } agent ? As(agent, caller) : new(null, "The agent that the key was made for is gone.", IsGuess: false);
    }

    private async Task<Recognition> OfToken(Recognition token, FindAgent find, CancellationToken cancel)
    {
        if (token.Caller is not { } caller) return token;
        if (token.Agent is { Length: > 0 } name && await find(name, cancel) is { } agent) return As(agent, caller);
        return tokens!.AgentsOnly ? new(null, "The token names no agent of this desk.", IsGuess: false) : token;
    }

    /// <summary>What both allow: an agent's key opens no queue that she is not let into.</summary>
    private static Recognition As(KnownAgent agent, Caller caller) => agent.IsActive
        ? new(caller with { Id = $"agent:{agent.Id}", Name = agent.Name, AgentId = agent.Id, Queues = Both(caller.Queues, agent.Queues), IsLead = agent.IsLead })
        : new(null, "The agent is not active any more.", IsGuess: false);

    private delegate ValueTask<KnownAgent?> FindAgent(string name, CancellationToken cancel);

    private static IReadOnlyList<string>? Both(IReadOnlyList<string>? some, IReadOnlyList<string>? others) =>
        some is null ? others : others is null ? some : [.. some.Intersect(others)];
}
