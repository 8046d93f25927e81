using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace HelpDesk.Web.OpenApi;

/// <summary>What a group of endpoints is about, as the document says it.</summary>
internal sealed record TagDescription(string Text);

internal static class Tags
{
    public static TBuilder About<TBuilder>(this TBuilder endpoints, string tag, string what)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithTags(tag).WithMetadata(new TagDescription(what));

    public static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        var descriptions = new Dictionary<string, string>();
        foreach (var metadata in context.DescriptionGroups.SelectMany(group => group.Items).Select(item => item.ActionDescriptor.EndpointMetadata))
        {
            if (metadata.OfType<TagDescription>().LastOrDefault() is not { } description) continue;
            foreach (var tag in metadata.OfType<Microsoft.AspNetCore.Http.Metadata.ITagsMetadata>().SelectMany(tags => tags.Tags)) descriptions[tag] = description.Text;
        }

        foreach (var tag in document.Tags ?? new HashSet<OpenApiTag>()) tag.Description = descriptions.GetValueOrDefault(tag.Name!);
        return Task.CompletedTask;
    }
}
