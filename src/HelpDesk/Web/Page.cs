using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Metadata;

namespace HelpDesk.Web;

/// <summary>
/// The page of a list that a request asks for: <c>?limit=</c> and <c>?cursor=</c>. Take it as a parameter of the handler and page by the sort key:
/// <code>
/// if (page.After(out Guid last)) rows = rows.Where(row => row.Id > last);
/// return page.Of(await rows.OrderBy(row => row.Id).Take(page.Take).ToListAsync(cancel), row => row.Id);
/// </code>
/// </summary>
public sealed class Page : IEndpointParameterMetadataProvider
{
    internal const int DefaultLimit = 50;
    internal const int MaxLimit = 200;

    private readonly HttpContext http;
    private readonly string? cursor;

    private Page(HttpContext http, int limit, string? cursor)
    {
        this.http = http;
        this.cursor = cursor;
        Limit = limit;
    }

    public int Limit { get; }

    /// <summary>Rows to ask the database for: one more than the page, which tells whether there is a next one.</summary>
    public int Take => Limit + 1;

    public static ValueTask<Page> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var limit = DefaultLimit;
        if (query.TryGetValue("limit", out var asked)
            && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            throw Refusal.Invalid("limit", $"must be a whole number from 1 to {MaxLimit}");
        }
        return ValueTask.FromResult(new Page(context, limit, query["cursor"] is [{ Length: > 0 } cursor] ? cursor : null));
    }

    /// <summary>The key of the last row before this page, if it is not the first. <paramref name="sort"/>: where a list has several orders, the one asked for.</summary>
    internal bool After<TKey>(out TKey last, string sort = "")
    {
        last = cursor is null ? default! : Cursor.Read<TKey>(cursor, List(sort));
        return cursor is not null;
    }

    /// <summary>The answer, from up to <see cref="Take"/> rows in order. Sets the Link header.</summary>
    internal Paged<T> Of<T, TKey>(IReadOnlyList<T> rows, Func<T, TKey> key, string sort = "")
    {
        if (rows.Count <= Limit) return new(rows, null);
        var items = rows.Take(Limit).ToList();
        var next = Cursor.Write(key(items[^1]), List(sort));
        http.Response.Headers.Append("Link", $"<{Address(next)}>; rel=\"next\"");
        return new(items, next);
    }

    private string List(string sort) => $"{http.Request.Path}?{sort}";

    private string Address(string next)
    {
        var others = http.Request.Query.Where(parameter => parameter.Key is not "cursor");
        return UriHelper.BuildRelative(http.Request.PathBase, http.Request.Path, new QueryBuilder(others) { { "cursor", next } }.ToQueryString());
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new PagedList());
}

/// <summary>Marks an endpoint that answers page by page.</summary>
internal sealed record PagedList;

/// <summary>A page of a list.</summary>
/// <param name="Items">The rows, in the list's order.</param>
/// <param name="NextCursor">Pass it as <c>cursor</c> for the next page; null on the last one.</param>
public sealed record Paged<T>(IReadOnlyList<T> Items, string? NextCursor);
