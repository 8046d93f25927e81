using System.ComponentModel;
using System.Text.Json;
using HelpDesk.Access;
using HelpDesk.Database;
using HelpDesk.Idempotency;
using HelpDesk.LongWork;
using HelpDesk.Time;
using HelpDesk.Web.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HelpDesk.Imports;

/// <summary>What a job of importing was asked for.</summary>
internal sealed record ImportOrder(Guid UploadId, long Lines, bool DryRun);

internal static class PostImport
{
    /// <summary>Import tickets with their histories</summary>
    /// <remarks>
    /// The body is lines of JSON, one for each ticket: as it was when it was made, and its messages, statuses and other changes, each with its instant. It may be compressed with gzip. The
    /// answer is 202, with the address of a job in <c>Location</c>: it tells how far it has come, and at the end what was wrong with which line. What a line is about comes in whole or not
    /// at all; one whose externalRef of its externalSource the desk has already is counted as known and left alone, so that a file may be sent again.
    ///
    /// The history of each ticket is replayed by the policy that covers it, in its version in force now: commitments and promises stand as they would have come out with nobody following up.
    /// What has lapsed is broken, and nobody is written to about the past; what is owed still has its follow-ups from now on. With <c>dryRun=true</c> everything is checked and counted, and
    /// nothing is kept but the job. By configuration a file has at most 1 GiB uncompressed, and a line 4 MiB: beyond that the answer is 413.
    ///
    /// With an Idempotency-Key a file is received whole before the key is looked at: of two that arrive together one makes the job, and both are answered with it.
    /// </remarks>
    public static async Task<Accepted<JobResponse>> Handle(
        [Description("true: check and count everything, and keep nothing.")] bool? dryRun, HttpContext http, HelpDeskDb db, ImportUploads uploads, LongWorkBell bell, DeskClock clock, Caller caller,
        CancellationToken cancel)
    {
        caller.MustSeeAll();
        var key = IdempotencyKey.Given(http);
        await using var body = new HashedBody(http.Request);
        var (upload, lines) = await uploads.Take(ImportBody.Of(http.Request, body), cancel);
        var order = JsonSerializer.Serialize(new ImportOrder(upload, lines, dryRun ?? false), JsonConventions.Options);
        var job = new LongJob(ImportTickets.Kind, order, caller.Id, http.TraceIdentifier, await clock.Now(cancel));
        var answer = JobResponse.Of(job);
        if (key is null)
        {
            await using var transaction = await db.Begin(cancel);
            await Queue(db, job, cancel);
            await transaction.CommitAsync(cancel);
            bell.Ring();
        }
        else
        {
            answer = await UploadOnce.Of(key, key.Fingerprint(body.Digest()), upload, answer, () => Queue(db, job, cancel), http, uploads, db, cancel);
            if (answer.Id == job.Id) bell.Ring();
        }

        return TypedResults.Accepted($"/v1/jobs/{answer.Id}", answer);
    }

    private static async Task Queue(HelpDeskDb db, LongJob job, CancellationToken cancel)
    {
        db.Add(job);
        db.Add(JobEvents.Queued(job));
        await db.SaveChangesAsync(cancel);
    }
}
