using System.Net;
using System.Net.Http.Headers;
using System.Text;
using HelpDesk.Web.Outgoing;

namespace HelpDesk.Calendars.Feeds;

/// <summary>Asks for a feed and reads what comes. Whatever a server does, it takes no longer than the limit, and no more than an upload may have.</summary>
internal sealed class FeedFetch(HolidayFeedSettings settings, TimeProvider machine) : IDisposable
{
    public static readonly Duration Limit = Duration.FromSeconds(10);

    private const int LongestTag = 500;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly HttpClient client = GuardedHttp.Client(settings.Guard, Limit);

    /// <param name="year">The one to count out for.</param>
    public async Task<FeedReading> Read(ClaimedFeed feed, int year, CancellationToken cancel)
    {
        using var time = new CancellationTokenSource(Limit.ToTimeSpan(), machine);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancel);
        try
        {
            return await Ask(feed, year, either.Token);
        }
        catch (Exception) when (cancel.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancel);
        }
        catch (Exception) when (time.IsCancellationRequested)
        {
            return FeedReading.Of(year, $"It did not come whole within {Limit.TotalSeconds:0} seconds.");
        }
        catch (HttpRequestException error)
        {
            return FeedReading.Of(year, error.InnerException is OutgoingRefused refused ? refused.Message : $"{feed.Url.Authority} cannot be asked: {error.InnerException?.Message ?? error.Message}");
        }
        catch (InvalidDataException)
        {
            return FeedReading.Of(year, "It is compressed wrongly, or broke off.");
        }
        catch (DecoderFallbackException)
        {
            return FeedReading.Of(year, "It is not in UTF-8.");
        }
        catch (HolidayFeedTooLong)
        {
            return FeedReading.Of(year, "It has more than 5,000 events, or takes too long to count out.");
        }
        catch (IOException error)
        {
            return FeedReading.Of(year, $"{feed.Url.Authority} broke off: {error.Message}");
        }
    }

    private async Task<FeedReading> Ask(ClaimedFeed feed, int year, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, feed.Url);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/calendar"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("*/*", 0.1));
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        // A new year is counted out anew, whether the feed has changed or not.
        var isConditional = feed.CountedFor == year && (feed.EntityTag ?? feed.LastModified) is not null;
        if (isConditional && feed.EntityTag is { } tag) request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        if (isConditional && feed.LastModified is { } since) request.Headers.TryAddWithoutValidation("If-Modified-Since", since);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).WaitAsync(cancel);
        if (answer.StatusCode == HttpStatusCode.NotModified && isConditional) return new(year);
        if (answer.StatusCode != HttpStatusCode.OK) return FeedReading.Of(year, Fault((int)answer.StatusCode));
        var (bytes, problem) = await FeedBody.Read(answer.Content, cancel);
        if (bytes is null) return FeedReading.Of(year, problem!);
        return IcalHolidays.Read(Utf8.GetString(bytes).TrimStart('\uFEFF'), year) is { } holidays
            ? new(year, holidays) { EntityTag = Kept(answer.Headers, "ETag"), LastModified = Kept(answer.Content.Headers, "Last-Modified") }
            : FeedReading.Of(year, "It is no iCalendar feed (RFC 5545), or not a whole one.");
    }

    private static string Fault(int status) => status is >= 300 and < 400 and not 304
        ? $"The server answered {status}. Redirects are not followed: set the url to where it leads."
        : $"The server answered {status}. Only 200 brings a feed.";

    /// <summary>As it was sent, since it is sent back; what could not be is left out.</summary>
    private static string? Kept(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) && values.ToString() is { Length: > 0 and <= LongestTag } value && value.All(letter => letter is >= ' ' and <= '~') ? value : null;

    public void Dispose() => client.Dispose();
}
