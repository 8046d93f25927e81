using System.Globalization;
using HelpDesk.Web;

namespace HelpDesk.Inbound;

/// <summary><c>Inbound:*</c> of the configuration, but for the address (see <see cref="Delivery.ReplyAddresses"/>). A value that cannot be is refused at start, naming its key.</summary>
/// <param name="MaxBytes">Of one mail with all that it carries, inclusive.</param>
/// <param name="Queue">Where a ticket goes whose mail does not say; null for none.</param>
/// <param name="OwnLists">Lists (by their <c>List-Id</c>) through which the desk is written to: mail that came over them is people's.</param>
internal sealed record InboundOptions(long MaxBytes, string? Queue, IReadOnlyList<string> OwnLists)
{
    private const long MostBytes = 1024L * 1024 * 1024;
    private const long UsualBytes = 25L * 1024 * 1024;

    public static InboundOptions Read(IConfiguration configuration)
    {
        var (size, queue, lists) = (Text(configuration, "Inbound:MaxBytes"), Text(configuration, "Inbound:Queue"), Text(configuration, "Inbound:OwnLists"));
        var bytes = UsualBytes;
        if (size is not null && !(long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out bytes) && bytes is >= 1024 and <= MostBytes))
        {
            throw new WrongConfiguration($"Inbound:MaxBytes must be a whole number from 1024 to {MostBytes}, not '{size}'.");
        }

        if (queue is { Length: > 200 }) throw new WrongConfiguration("Inbound:Queue must have at most 200 characters.");
        return new(bytes, queue, [.. (lists ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(list => list.Trim('<', '>'))]);
    }

    private static string? Text(IConfiguration configuration, string key) =>
        configuration[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
