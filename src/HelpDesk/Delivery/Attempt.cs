using HelpDesk.Web.Outgoing;

namespace HelpDesk.Delivery;

/// <summary>One attempt to hand a message over, and what it came to.</summary>
internal static class Attempt
{
    public static async Task<AttemptResult> Make(Func<OutgoingMail, CancellationToken, Task<string?>> handOver, OutgoingMail mail, Duration atMost, TimeProvider machine)
    {
        using var limit = new CancellationTokenSource(atMost.ToTimeSpan(), machine);
        try
        {
            // Waited for apart from the door: not even one that ignores its token may hold up the lane.
            var words = await handOver(mail, limit.Token).WaitAsync(limit.Token);
            return new(AttemptOutcome.Sent, words is null ? null : ForeignText.Line(words));
        }
        catch (MailRefused refused)
        {
            return new(refused.IsPermanent ? AttemptOutcome.Dead : AttemptOutcome.Failed, Words(refused));
        }
        catch (WebhookRefused refused)
        {
            return new(refused.IsPermanent ? AttemptOutcome.Dead : AttemptOutcome.Failed, Words(refused), RetryAfter: refused.RetryAfter);
        }
        catch (HostAway away)
        {
            return new(AttemptOutcome.Unreachable, Words(away), IsAway: true);
        }
        catch (Exception) when (limit.IsCancellationRequested)
        {
            // One that hangs on what it has been given may do so because of it.
            return new(mail.HasBegun() ? AttemptOutcome.Failed : AttemptOutcome.Unreachable, $"The other side did not take it within {atMost.TotalSeconds:0.#} seconds.", IsAway: true);
        }
        catch (Exception error)
        {
            return new(AttemptOutcome.Failed, Words(error));
        }
    }

    private static string Words(Exception error) => ForeignText.Line(error.Message);
}

/// <param name="What">What it came to, as far as this attempt alone can tell.</param>
/// <param name="Words">The other side's words; null where it took the message without any.</param>
/// <param name="IsAway">Whether nothing was heard of the other side: its circuit is told.</param>
/// <param name="RetryAfter">For how long the other side asked to be left alone.</param>
internal sealed record AttemptResult(AttemptOutcome What, string? Words, bool IsAway = false, Duration RetryAfter = default);
