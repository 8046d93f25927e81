using System.Text.Json;
using HelpDesk.Database;
using HelpDesk.Idempotency;
using HelpDesk.LongWork;
using HelpDesk.Time;
using HelpDesk.Web;
using HelpDesk.Web.Json;

namespace HelpDesk.Imports;

/// <summary>
/// A job for a file, once for each <c>Idempotency-Key</c>. Other requests are hashed and kept before they begin; a file is too large for that, so here the key is asked after it was received:
/// key, job and answer commit in one transaction all the same, and whoever comes second has sent the file for nothing.
/// </summary>
internal static class UploadOnce
{
    /// <param name="queue">Makes the job.</param>
    /// <returns>The first answer.</returns>
    public static async Task<JobResponse> Of(
        IdempotencyKey key, byte[] fingerprint, Guid upload, JobResponse answer, Func<Task> queue, HttpContext http, ImportUploads uploads, HelpDeskDb db, CancellationToken cancel)
    {
        try
        {
            if (await Before(key, fingerprint, answer, queue, http, db, cancel) is not { } before) return answer;
            await uploads.Forget(upload);
            http.Response.Headers[IdempotencyHeaders.Replayed] = "true";
            return before;
        }
        catch (Refusal)
        {
            await uploads.Forget(upload);
            throw;
        }
    }

    /// <summary>Null where this is the first.</summary>
    private static async Task<JobResponse?> Before(
        IdempotencyKey key, byte[] fingerprint, JobResponse answer, Func<Task> queue, HttpContext http, HelpDeskDb db, CancellationToken cancel)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetCurrentInstant();
        await using var request = await RequestTransaction.Begin(db, cancel);
        var (isHeld, known, sealedAnswer) = await KeptAnswers.Hold(request, key, now, cancel);
        if (!isHeld) throw Refusal.Conflict("idempotency-running", "The first request with this Idempotency-Key is still running. Ask again in a moment.");
        if (sealedAnswer is not null)
        {
            if (!known!.AsSpan().SequenceEqual(fingerprint)) throw Refusal.Impossible("idempotency-key-reused", "This Idempotency-Key came with another request before. Give each its own.");
            return JsonSerializer.Deserialize<JobResponse>(StoredAnswer.Read(key.Open(sealedAnswer)).Body, JsonConventions.Options);
        }

        await request.Around(queue, cancel);
        var kept = new StoredAnswer(StatusCodes.Status202Accepted, new Dictionary<string, string?[]>(), JsonSerializer.SerializeToUtf8Bytes(answer, JsonConventions.Options));
        await KeptAnswers.Keep(request, key, fingerprint, kept, now, cancel);
        await request.Commit(CancellationToken.None);
        return null;
    }
}
