namespace HelpDesk.Web;

/// <summary>A filter of a list that its handler reads from the query itself; for the OpenAPI document, and so that no other is taken in silence.</summary>
/// <param name="Name">As it stands in the query.</param>
/// <param name="Description">What passes it.</param>
/// <param name="Words">The words it knows, where it knows only some; several values are then alternatives.</param>
/// <param name="Format">The JSON Schema format of its value.</param>
/// <param name="Example">A value.</param>
/// <param name="IsList">Whether several values are alternatives.</param>
internal sealed record QueryFilter(
    string Name, string Description, IReadOnlyCollection<string>? Words = null, string? Format = null, string? Example = null, bool IsList = true)
{
    /// <summary>Of words: <c>QueryFilter.Of&lt;TicketStatus&gt;("status", …)</c>.</summary>
    public static QueryFilter Of<T>(string name, string description)
        where T : struct, Enum => new(name, description, Words<T>.All);
}

internal static class QueryFilters
{
    public static TBuilder WithFilters<TBuilder>(this TBuilder endpoint, params IEnumerable<QueryFilter> filters)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata([.. filters]);
}
