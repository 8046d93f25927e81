using HelpDesk.Web.Settings;

namespace HelpDesk.Imports;

/// <param name="MaxBytes">Of one file, uncompressed, inclusive.</param>
/// <param name="MaxLineBytes">Of one line, inclusive.</param>
/// <param name="MostErrors">How many errors a job's report lists; the others are counted.</param>
internal sealed record ImportOptions(long MaxBytes, int MaxLineBytes, int MostErrors)
{
    private static readonly Whole File = new(
        "Imports:MaxBytes", 1, 65_536 * Whole.Mebibyte, 1024 * Whole.Mebibyte, "the most that a file of tickets to be imported may have, in bytes, uncompressed, inclusive");

    private static readonly Whole Line = new("Imports:MaxLineBytes", 1, 64 * Whole.Mebibyte, 4 * Whole.Mebibyte, "the most that one of its lines may have, inclusive; not more than `Imports:MaxBytes`");

    private static readonly Whole Errors = new("Imports:MostErrors", 1, 10_000, 1_000, "how many errors the report of an import lists; the others are counted");

    public static ImportOptions Read(IConfiguration configuration)
    {
        var options = new ImportOptions(File.Read(configuration), Line.Int(configuration), Errors.Int(configuration));
        return options.MaxLineBytes <= options.MaxBytes ? options : throw Line.Wrong($"must not be more than {File.Key}, which is {options.MaxBytes}");
    }
}
