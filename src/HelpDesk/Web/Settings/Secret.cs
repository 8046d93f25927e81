namespace HelpDesk.Web.Settings;

/// <summary>What no log and no message may tell. It is taken as it stands, blanks and all.</summary>
internal sealed class Secret(string key, string meaning, string values, string note) : Setting<string?>(key, meaning)
{
    public override string Values => values;

    public override string Note => note;

    public override string? Read(IConfiguration configuration) => configuration[Key] is { Length: > 0 } text ? text : null;
}
