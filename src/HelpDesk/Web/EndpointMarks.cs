using Microsoft.AspNetCore.Mvc;

namespace HelpDesk.Web;

/// <summary>An endpoint that needs a key with a scope, as the OpenAPI document tells it.</summary>
internal interface ISecuredEndpoint
{
    string Scope { get; }
}

/// <summary>An endpoint that may answer 429 though it needs no key, as the OpenAPI document tells it.</summary>
internal interface ILimitedEndpoint;

/// <summary>Marks an endpoint of a resource with an ETag.</summary>
internal sealed record VersionedResource;

/// <summary>Marks an endpoint whose answer has the ETag of what it made or changed.</summary>
internal sealed record AnswersWithETag;

/// <summary>Marks an endpoint that takes a document of which others need less.</summary>
internal sealed record NeededMembers(string Name, IReadOnlyList<string> Members);

/// <summary>Marks a POST that does not look at Idempotency-Key.</summary>
internal sealed record IgnoresIdempotencyKey;

/// <summary>Marks a POST that looks at Idempotency-Key by itself.</summary>
internal sealed record KeepsIdempotencyKey;

/// <summary>Marks an endpoint that goes on where a client was, which may be nowhere any more: 410.</summary>
internal sealed record GoesOn;

internal static class EndpointMarks
{
    private const long ManyBytes = 16 * 1024 * 1024;

    /// <summary>For a body that may hold a thousand things, each of some kilobytes.</summary>
    public static TBuilder WithLargeBody<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RequestSizeLimitAttribute(ManyBytes));

    /// <summary>For a POST that stores nothing, so that its answer can be asked for again, or that knows by itself what it has had before.</summary>
    public static TBuilder WithoutIdempotencyKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new IgnoresIdempotencyKey());

    /// <summary>For a POST whose body is too large to be kept and hashed before it begins, or whose work is no one transaction.</summary>
    public static TBuilder WithOwnIdempotencyKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new KeepsIdempotencyKey());

    /// <summary>For the OpenAPI document: what the client has may be of a time that the desk does not know any more.</summary>
    public static TBuilder WithGone<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new GoesOn());

    /// <summary>For the OpenAPI document: the answer has the ETag of what was made or changed, and no precondition is looked at.</summary>
    public static TBuilder TellsETag<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new AnswersWithETag());

    /// <summary>For the OpenAPI document: these members may be left out, or null, where the document stands elsewhere, but not here.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="name">Of the schema that says so.</param>
    /// <param name="members">As JSON names them.</param>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, string name, params string[] members)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NeededMembers(name, members));

    /// <summary>For the OpenAPI document: the resource has an ETag; GET honours If-None-Match, writes honour If-Match.</summary>
    public static TBuilder WithETag<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new VersionedResource());
}
