using System.Reflection;
using System.Runtime.CompilerServices;
using HelpDesk.Web.Problems;

namespace HelpDesk.Web;

/// <summary>
/// A query parameter that an endpoint does not know is refused: a misspelt filter must not look like one that everything passes. So is a value that an optional parameter
/// cannot have, of which the generated code that binds it says no more than a bare 400.
/// </summary>
internal sealed class KnownQueryFilter : IEndpointFilter
{
    private static readonly ConditionalWeakTable<Endpoint, IReadOnlyList<string>> Known = [];

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var query = context.HttpContext.Request.Query;
        if (query.Count > 0 && context.HttpContext.GetEndpoint() is { } endpoint)
        {
            Check(query.Keys, Known.GetValue(endpoint, NamesOf));
            if (context.HttpContext.Response.StatusCode == StatusCodes.Status400BadRequest && endpoint.Metadata.GetMetadata<MethodInfo>() is { } handler) RefuseUnread(handler, context);
        }

        return next(context);
    }

    /// <summary>What was given and is null all the same.</summary>
    private static void RefuseUnread(MethodInfo handler, EndpointFilterInvocationContext context)
    {
        var unread = handler.GetParameters()
            .Where((parameter, index) => Nullable.GetUnderlyingType(parameter.ParameterType) is not null && context.Arguments[index] is null)
            .Where(parameter => !string.IsNullOrEmpty(context.HttpContext.Request.Query[parameter.Name!]))
            .ToDictionary(parameter => parameter.Name!, parameter => new[] { JsonProblem.Rule(parameter.ParameterType) });
        if (unread.Count > 0) throw Refusal.Invalid(unread);
    }

    private static void Check(IEnumerable<string> asked, IReadOnlyList<string> known)
    {
        var rule = known.Count == 0 ? "is not known here: there are no query parameters" : $"is not known here: use {string.Join(", ", known.Select(Shown))}";
        var errors = asked.Where(name => !known.Any(one => Covers(one, name))).ToDictionary(name => name, _ => new[] { rule });
        if (errors.Count > 0) throw Refusal.Invalid(errors);
    }

    /// <summary>A name that ends with a dot or a bracket stands for all that begin with it.</summary>
    private static bool Covers(string known, string name) =>
        known == name || (known[^1] is '.' or '[' && name.Length > known.Length && name.StartsWith(known, StringComparison.Ordinal));

    private static string Shown(string known) => known[^1] switch { '.' => $"{known}<key>", '[' => $"{known}<key>]", _ => known };

    private static IReadOnlyList<string> NamesOf(Endpoint endpoint)
    {
        var route = ((RouteEndpoint)endpoint).RoutePattern.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        var names = endpoint.Metadata.OfType<QueryFilter>().SelectMany(filter => filter.Names).ToList();
        var handler = endpoint.Metadata.GetMetadata<MethodInfo>();
        names.AddRange((handler?.GetParameters() ?? []).Where(parameter => IsValue(parameter.ParameterType)).Select(parameter => parameter.Name!).Where(name => !route.Contains(name)));
        if (endpoint.Metadata.GetMetadata<PagedList>() is not null) names.AddRange(["limit", "cursor"]);
        return names;
    }

    /// <summary>What minimal APIs bind from the query of themselves.</summary>
    private static bool IsValue(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        return value == typeof(string) || value.IsPrimitive || value.IsEnum || value == typeof(Guid);
    }
}
