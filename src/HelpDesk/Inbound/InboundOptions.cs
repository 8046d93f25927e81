using HelpDesk.Web.Settings;

namespace HelpDesk.Inbound;

/// <summary><c>Inbound:*</c> of the configuration, but for the address (see <see cref="Delivery.ReplyAddresses"/>). A value that cannot be is refused at start, naming its key.</summary>
/// <param name="MaxBytes">Of one mail with all that it carries, inclusive.</param>
/// <param name="Queue">Where a ticket goes whose mail does not say; null for none.</param>
/// <param name="OwnLists">Lists (by their <c>List-Id</c>) through which the desk is written to: mail that came over them is people's.</param>
internal sealed record InboundOptions(long MaxBytes, string? Queue, IReadOnlyList<string> OwnLists)
{
    private const int LongestName = 200;

    private static readonly Whole Bytes = new("Inbound:MaxBytes", 1024, 1024 * Whole.Mebibyte, 25 * Whole.Mebibyte, "the most that one mail posted to `/v1/inbound/email` may have with all that it carries, in bytes");

    private static readonly Text Where = new("Inbound:Queue", "the queue of tickets that mail opens, where the request names none", $"a name of at most {LongestName} characters", note: "none");

    private static readonly Listed Lists = new(
        "Inbound:OwnLists", "`List-Id`s of lists through which the desk is written to: mail over them counts as people's", "names separated by commas", ",", note: "none");

    public static InboundOptions Read(IConfiguration configuration)
    {
        var queue = Where.Read(configuration);
        if (queue is { Length: > LongestName }) throw Where.Refuse(queue);
        return new(Bytes.Read(configuration), queue, [.. Lists.Read(configuration).Select(list => list.Trim('<', '>'))]);
    }
}
