namespace HelpDesk.Web.Settings;

/// <summary>On or off.</summary>
internal sealed class Switch(string key, string meaning, bool otherwise = false) : Setting<bool>(key, meaning)
{
    public override string Values => "`true` or `false`";

    public override string Default => otherwise ? "true" : "false";

    public override bool Read(IConfiguration configuration) => Given(configuration) is not { } text ? otherwise : bool.TryParse(text, out var on) ? on : throw Refuse(text);
}
