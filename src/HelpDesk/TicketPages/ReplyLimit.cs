using HelpDesk.Access;

namespace HelpDesk.TicketPages;

/// <summary>How often is written from one page, and from one address, in a minute. Each server counts for itself.</summary>
internal sealed class ReplyLimit(TimeProvider machine)
{
    private const int PerPage = 10;
    private const int PerAddress = 30;

    private readonly MinuteCounts counts = new(machine);

    /// <returns>Null, or in how many seconds to come again.</returns>
    public int? Refuses(HttpContext http, string token)
    {
        var (ofPage, endsIn) = counts.Add($"page {token}");
        var (ofAddress, _) = counts.Add($"address {ClientAddress.Of(http)}");
        return ofPage > PerPage || ofAddress > PerAddress ? endsIn : null;
    }
}
