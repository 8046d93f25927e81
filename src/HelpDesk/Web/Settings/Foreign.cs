namespace HelpDesk.Web.Settings;

/// <summary>A key that .NET or a script reads, and the desk itself does not.</summary>
internal sealed class Foreign(string key, string meaning, string values, string note) : Setting(key, meaning)
{
    public override string Values => values;

    public override string Note => note;
}
