namespace HelpDesk.Web.Settings;

/// <summary>Several values: parted in one text, or as entries of a list (<c>Key:0</c>, <c>Key:1</c>).</summary>
/// <param name="parts">What parts them in a text; <paramref name="values"/> says it.</param>
internal sealed class Listed(string key, string meaning, string values, string parts, string otherwise = "", string? note = null) : Setting<string[]>(key, meaning)
{
    public override string Values => values;

    public override string? Default => otherwise.Length == 0 ? null : otherwise;

    public override string? Note => note;

    public override string[] Read(IConfiguration configuration)
    {
        var given = configuration.GetSection(Key).GetChildren().Select(child => child.Value).Append(Given(configuration)).Where(text => !string.IsNullOrWhiteSpace(text)).ToList();
        return [.. (given.Count > 0 ? given : [otherwise]).SelectMany(text => text!.Split(parts.ToCharArray(), StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
    }
}
