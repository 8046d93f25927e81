using HelpDesk.Delivery;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Templates;

/// <summary>The kinds of messages that there are templates of.</summary>
/// <param name="Items">All of them.</param>
public sealed record KindsResponse(IReadOnlyList<KindResponse> Items);

/// <summary>A kind of message, and what its templates may say.</summary>
/// <param name="Kind">Its word.</param>
/// <param name="Description">When it is sent, and what for.</param>
/// <param name="Placeholders">What the message fills in.</param>
public sealed record KindResponse(MessageKind Kind, string Description, IReadOnlyList<PlaceholderResponse> Placeholders);

/// <summary>A place in a template that the message fills in.</summary>
/// <param name="Name">As the template writes it, between two braces on each side.</param>
/// <param name="Type">text: written with its name between braces; list: gone through with #each; flag: asked with #if or #unless.</param>
/// <param name="Optional">It may be missing, or empty: #if asks.</param>
/// <param name="Required">The text of a template must say it, or the template is refused.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Example">What it may say; null where it is no text.</param>
/// <param name="Members">Of a list: what stands within its #each, and nothing else does.</param>
public sealed record PlaceholderResponse(
    string Name, PlaceholderType Type, bool Optional, bool Required, string Meaning, string? Example, IReadOnlyList<MemberPlaceholderResponse>? Members);

/// <summary>A place within an entry of a list.</summary>
/// <param name="Name">As the template writes it within #each.</param>
/// <param name="Type">text or flag.</param>
/// <param name="Optional">It may be missing: #if asks.</param>
/// <param name="Required">The text of a template must say it, or the template is refused.</param>
/// <param name="Meaning">What it is.</param>
/// <param name="Example">What it may say; null where it is no text.</param>
public sealed record MemberPlaceholderResponse(string Name, PlaceholderType Type, bool Optional, bool Required, string Meaning, string? Example);

internal static class ListKinds
{
    /// <summary>List the kinds of messages</summary>
    /// <remarks>Each with its placeholders: all that a template of it may say.</remarks>
    public static Ok<KindsResponse> Handle() => TypedResults.Ok(new KindsResponse([.. Enum.GetValues<MessageKind>().Select(MessageShape.Of).Select(Of)]));

    private static KindResponse Of(MessageShape shape) => new(shape.Kind, shape.Description, [.. shape.Placeholders.Select(Of)]);

    private static PlaceholderResponse Of(Placeholder it) => new(
        it.Name, it.Type, it.IsOptional, it.MustBeSaid, it.Meaning, it.Example,
        it.Type != PlaceholderType.List ? null : [.. it.Members.Select(member => new MemberPlaceholderResponse(
            member.Name, member.Type, member.IsOptional, member.MustBeSaid, member.Meaning, member.Example))]);
}
