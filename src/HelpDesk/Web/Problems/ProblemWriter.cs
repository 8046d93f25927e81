using System.Diagnostics;
using HelpDesk.Web.Json;
using Microsoft.AspNetCore.Mvc;

namespace HelpDesk.Web.Problems;

/// <summary>Every problem leaves through here, whoever found it and whatever the client accepts: one shape, no exception without it.</summary>
internal sealed class ProblemWriter : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var problem = Complete(context.ProblemDetails, http);
        http.Response.StatusCode = problem.Status!.Value;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable) http.Response.Headers.RetryAfter = "5";
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(problem, problem.GetType(), JsonConventions.Options, "application/problem+json", http.RequestAborted);
    }

    private static ProblemDetails Complete(ProblemDetails problem, HttpContext http)
    {
        var status = problem.Status ?? http.Response.StatusCode;
        if (problem is HttpValidationProblemDetails { Errors.Count: > 0 } validation && problem.Type?.StartsWith("urn:", StringComparison.Ordinal) != true)
        {
            problem = FromRefusal(Refusal.Invalid(MemberPaths.Of(validation.Errors)));
        }
        var (code, title) = ProblemWords.Of(status);
        // The framework fills in links to RFC sections; the API's types are stable codes of its own.
        if (problem.Type?.StartsWith("urn:", StringComparison.Ordinal) != true) (problem.Type, problem.Title) = (Urn(code), title);
        problem.Status = status;
        problem.Detail ??= ProblemWords.Detail(status);
        problem.Instance ??= http.Request.Path;
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
        problem.Extensions["requestId"] = http.TraceIdentifier;
        return problem;
    }

    public static ProblemDetails FromRefusal(Refusal refusal)
    {
        var problem = refusal.Errors is { Count: > 0 } errors ? new HttpValidationProblemDetails(new Dictionary<string, string[]>(errors)) : new ProblemDetails();
        problem.Type = Urn(refusal.Code);
        problem.Title = refusal.Title;
        problem.Status = refusal.Status;
        problem.Detail = refusal.Message;
        foreach (var (member, value) in refusal.Members) problem.Extensions[member] = value;
        return problem;
    }

    private static string Urn(string code) => $"urn:helpdesk:{code}";
}
