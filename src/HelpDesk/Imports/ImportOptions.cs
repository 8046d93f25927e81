using System.Globalization;
using HelpDesk.Web;

namespace HelpDesk.Imports;

/// <summary><c>Imports:*</c> of the configuration. A value that cannot be is refused at start, naming its key.</summary>
/// <param name="MaxBytes">Of one file, uncompressed, inclusive.</param>
/// <param name="MaxLineBytes">Of one line, inclusive.</param>
/// <param name="MostErrors">How many errors a job's report lists; the others are counted.</param>
internal sealed record ImportOptions(long MaxBytes, int MaxLineBytes, int MostErrors)
{
    private const long Mebibyte = 1024 * 1024;

    public static ImportOptions Read(IConfiguration configuration)
    {
        var options = new ImportOptions(
            Number(configuration, "Imports:MaxBytes", 1, 65_536 * Mebibyte, 1024 * Mebibyte),
            (int)Number(configuration, "Imports:MaxLineBytes", 1, 64 * Mebibyte, 4 * Mebibyte),
            (int)Number(configuration, "Imports:MostErrors", 1, 10_000, 1_000));
        return options.MaxLineBytes <= options.MaxBytes ? options
            : throw new WrongConfiguration($"Imports:MaxLineBytes must not be more than Imports:MaxBytes, which is {options.MaxBytes}.");
    }

    private static long Number(IConfiguration configuration, string key, long least, long most, long otherwise) =>
        configuration[key] is not { Length: > 0 } text ? otherwise
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new WrongConfiguration($"{key} must be a whole number from {least} to {most}, but is '{text}'.");
}
