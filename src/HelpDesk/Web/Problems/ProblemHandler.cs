using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace HelpDesk.Web.Problems;

/// <summary>What a request threw, as its problem. A bug is logged once, here, under the request's id, and answered without details.</summary>
internal sealed partial class ProblemHandler(IProblemDetailsService problems, ILogger<ProblemHandler> log, NpgsqlDataSource? database = null) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }
        var refusal = ProblemOf.Exception(exception);
        if (refusal is null) LogFailed(exception, httpContext.Request.Method, SecretPaths.Shown(httpContext), httpContext.TraceIdentifier);
        else if (refusal.Status >= 500)
        {
            LogAway(httpContext.Request.Method, SecretPaths.Shown(httpContext), exception.GetBaseException().Message);
            // The pool's other connections are cut too: once it is back, no request is to find that out for each of them.
            database?.Clear();
        }

        var problem = refusal is null ? new() { Status = StatusCodes.Status500InternalServerError } : ProblemWriter.FromRefusal(refusal);
        httpContext.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = problem, Exception = exception });
    }

    [LoggerMessage(1002, LogLevel.Error, "{Method} {Path} failed; request {RequestId}")]
    private partial void LogFailed(Exception error, string method, PathString path, string requestId);

    [LoggerMessage(1003, LogLevel.Warning, "{Method} {Path}: the database is away: {Reason}")]
    private partial void LogAway(string method, PathString path, string reason);
}
