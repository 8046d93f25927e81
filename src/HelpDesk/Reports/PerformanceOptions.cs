using System.Globalization;
using HelpDesk.Web;

namespace HelpDesk.Reports;

/// <summary><c>Performance:Public</c>, <c>Performance:SmallestPublicSample</c>, <c>Performance:RequestsPerMinute</c>.</summary>
/// <param name="IsPublic">Whether figures are shown without a key.</param>
/// <param name="SmallestSample">Figures of fewer verdicts are not shown to the public.</param>
/// <param name="PerMinute">How often an address may ask without a key. 0: no limit.</param>
internal sealed record PerformanceOptions(bool IsPublic, int SmallestSample, int PerMinute)
{
    public static PerformanceOptions Read(IConfiguration configuration) => new(
        configuration.IsOn("Performance:Public", otherwise: true),
        Number(configuration, "Performance:SmallestPublicSample", 20, 1),
        Number(configuration, "Performance:RequestsPerMinute", 120, 0));

    private static int Number(IConfiguration configuration, string key, int otherwise, int least) =>
        configuration[key] is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= 1_000_000 ? number
        : throw new WrongConfiguration($"{key} must be a whole number from {least} to 1000000, but is '{text}'.");
}
