using System.Globalization;
using HelpDesk.Access;

namespace HelpDesk.Reports;

/// <summary>How often one address may ask for figures without a key.</summary>
internal sealed class AddressLimit(PerformanceOptions options, TimeProvider machine) : IEndpointFilter
{
    private readonly MinuteCounts counts = new(machine);

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (options.PerMinute == 0 || Caller.Of(http.User) is not null) return next(context);
        var (count, endsIn) = counts.Add(GuessLimit.Address(http));
        if (count <= options.PerMinute) return next(context);
        // At the last moment: a problem clears what was set before it.
        http.Response.OnStarting(() =>
        {
            http.Response.Headers.RetryAfter = endsIn.ToString(CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        throw CallerLimit.TooMany($"Without a key an address may ask for figures {options.PerMinute} times a minute. The next minute begins in {endsIn} s.");
    }
}
