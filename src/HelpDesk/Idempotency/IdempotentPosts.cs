using HelpDesk.Database;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Problems;

namespace HelpDesk.Idempotency;

/// <summary>
/// A POST with an <c>Idempotency-Key</c> happens once: key, effect and answer commit in one transaction, and the answer is sent after that. Whoever died in
/// between left nothing behind, or left everything.
/// </summary>
internal sealed class IdempotentPosts(RequestDelegate next, IProblemDetailsService problems, TimeProvider machine)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (IdempotencyKey.Of(http) is not { } key)
        {
            await next(http);
            return;
        }

        var cancel = http.RequestAborted;
        // The body first: a slow client must not hold a connection.
        var fingerprint = key.Fingerprint(await RequestDigest.Of(http.Request, cancel));
        var answer = await Once(http, key, fingerprint, cancel);
        await answer.Send(http.Response, cancel);
    }

    private async Task<StoredAnswer> Once(HttpContext http, IdempotencyKey key, byte[] fingerprint, CancellationToken cancel)
    {
        var now = machine.GetCurrentInstant();
        await using var request = await RequestTransaction.Begin(http.RequestServices.GetRequiredService<HelpDeskDb>(), cancel);
        var (isHeld, known, sealedAnswer) = await KeptAnswers.Hold(request, key, now, cancel);
        if (!isHeld) throw Refusal.Conflict("idempotency-running", "The first request with this Idempotency-Key is still running. Ask again in a moment.");
        if (sealedAnswer is not null)
        {
            if (!known!.AsSpan().SequenceEqual(fingerprint)) throw Refusal.Impossible("idempotency-key-reused", "This Idempotency-Key came with another request before. Give each its own.");
            var before = StoredAnswer.Read(key.Open(sealedAnswer));
            if (await ErasedAnswers.Has(request, http.Request.Path, before, cancel))
            {
                throw Refusal.Conflict("answer-erased", "This was answered before. The answer told of a customer who has been erased since, and is not given again; nothing was done now.");
            }

            http.Response.Headers[IdempotencyHeaders.Replayed] = "true";
            return before;
        }

        var answer = await Answer(http, request, cancel);
        if (!answer.IsKept) return answer;
        await KeptAnswers.Keep(request, key, fingerprint, answer, now, cancel);
        // A client that goes away at this moment does not make it unknown whether it happened.
        await request.Commit(CancellationToken.None);
        return answer;
    }

    private async Task<StoredAnswer> Answer(HttpContext http, RequestTransaction request, CancellationToken cancel)
    {
        using var buffer = new AnswerBuffer(http);
        try
        {
            await request.Around(() => next(http), cancel);
            if (http.Response.StatusCode >= 400) await request.Undo(cancel);
        }
        catch (Exception error) when (ProblemOf.Exception(error) is { Status: StatusCodes.Status409Conflict or StatusCodes.Status422UnprocessableEntity } refusal)
        {
            await request.Undo(cancel);
            await buffer.Refuse(refusal, problems);
        }

        return await buffer.Take(problems);
    }
}
