using HelpDesk.Web.Settings;

namespace HelpDesk.Reports;

/// <param name="IsPublic">Whether figures are shown without a key.</param>
/// <param name="SmallestSample">Figures of fewer verdicts are not shown to the public.</param>
internal sealed record PerformanceOptions(bool IsPublic, int SmallestSample)
{
    private static readonly Switch Public = new("Performance:Public", "`false`: how well promises were kept is told to keys with `reports:read` only", true);

    private static readonly Whole Sample = new("Performance:SmallestPublicSample", 1, 1_000_000, 20, "without such a key, figures of fewer verdicts are withheld");

    public static PerformanceOptions Read(IConfiguration configuration) => new(Public.Read(configuration), Sample.Int(configuration));
}
