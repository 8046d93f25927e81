using HelpDesk.Web;
using HelpDesk.Web.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace HelpDesk.Idempotency;

/// <summary>Holds an answer back until it may be sent.</summary>
internal sealed class AnswerBuffer : IDisposable
{
    private readonly HttpContext http;
    private readonly IHttpResponseBodyFeature real;
    private readonly Dictionary<string, StringValues> before;
    private MemoryStream body = new();

    public AnswerBuffer(HttpContext http)
    {
        this.http = http;
        real = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        before = http.Response.Headers.ToDictionary(header => header.Key, header => header.Value);
        Start();
    }

    private void Start()
    {
        body = new MemoryStream();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(body, real));
    }

    /// <summary>The refusal in place of whatever the handler had begun to say.</summary>
    public async Task Refuse(Refusal refusal, IProblemDetailsService problems)
    {
        http.Response.Headers.Clear();
        foreach (var (name, value) in before) http.Response.Headers[name] = value;
        Start();
        http.Response.StatusCode = refusal.Status;
        await problems.WriteAsync(new() { HttpContext = http, ProblemDetails = ProblemWriter.FromRefusal(refusal) });
    }

    /// <summary>A rule's refusal that was returned and not thrown has a status alone, like any other that the desk puts into words later.</summary>
    public async Task<StoredAnswer> Take(IProblemDetailsService problems)
    {
        if (http.Response.StatusCode >= 400 && body.Length == 0) await problems.WriteAsync(new() { HttpContext = http });
        await http.Features.GetRequiredFeature<IHttpResponseBodyFeature>().CompleteAsync();
        http.Features.Set(real);
        var set = http.Response.Headers
            .Where(header => !before.TryGetValue(header.Key, out var value) || value != header.Value)
            .ToDictionary(header => header.Key, header => header.Value.ToArray());
        set.Remove("Content-Length");
        return new StoredAnswer(http.Response.StatusCode, set, body.ToArray());
    }

    /// <summary>From here on answers are sent again.</summary>
    public void Dispose() => http.Features.Set(real);
}
