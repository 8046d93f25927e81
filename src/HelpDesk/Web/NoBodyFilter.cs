using System.Text.Json;
using HelpDesk.Web.Json;
using HelpDesk.Web.Problems;
using Microsoft.AspNetCore.Http.Metadata;

namespace HelpDesk.Web;

/// <summary>Where a request has no members every one is unknown: a write that takes no body refuses JSON with something in it.</summary>
internal sealed class NoBodyFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.HasJsonContentType() && http.Request.ContentLength != 0 && http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is null)
        {
            await RefuseMembers(http.Request, http.RequestAborted);
        }

        return await next(context);
    }

    private static async Task RefuseMembers(HttpRequest request, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel);
        if (body.Length == 0) return;
        try
        {
            body.Position = 0;
            await JsonSerializer.DeserializeAsync<Nothing>(body, JsonConventions.Options, cancel);
        }
        catch (JsonException error)
        {
            throw JsonProblem.From(error);
        }
    }

    private sealed record Nothing;
}
