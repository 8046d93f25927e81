using System.Globalization;
using HelpDesk.Web;

namespace HelpDesk.Reports;

/// <summary><c>Performance:Public</c>, <c>Performance:SmallestPublicSample</c>.</summary>
/// <param name="IsPublic">Whether figures are shown without a key.</param>
/// <param name="SmallestSample">Figures of fewer verdicts are not shown to the public.</param>
internal sealed record PerformanceOptions(bool IsPublic, int SmallestSample)
{
    public static PerformanceOptions Read(IConfiguration configuration) => new(
        configuration.IsOn("Performance:Public", otherwise: true),
        Number(configuration, "Performance:SmallestPublicSample", 20));

    private static int Number(IConfiguration configuration, string key, int otherwise) =>
        configuration[key] is not { Length: > 0 } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= 1_000_000 ? number
        : throw new WrongConfiguration($"{key} must be a whole number from 1 to 1000000, but is '{text}'.");
}
