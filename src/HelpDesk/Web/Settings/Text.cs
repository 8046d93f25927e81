namespace HelpDesk.Web.Settings;

/// <summary>Words, whose rule is checked by whoever reads them, and refused in the words of <c>values</c>.</summary>
internal sealed class Text(string key, string meaning, string values, string? otherwise = null, string? note = null, string? name = null) : Setting<string?>(key, meaning)
{
    public override string Name => name ?? Key;

    public override string Values => values;

    public override string? Default => otherwise;

    public override string? Note => note;

    public override string? Read(IConfiguration configuration) => Given(configuration) ?? otherwise;
}
