namespace HelpDesk.Web.Settings;

/// <summary>One of a few words, written as they stand; the first is the default.</summary>
internal sealed class Choice<T>(string key, string meaning, params (string Word, T Value)[] words) : Setting<T>(key, meaning)
{
    public override string Values => string.Join(" or ", words.Select(each => $"`{each.Word}`"));

    public override string Default => words[0].Word;

    public override T Read(IConfiguration configuration)
    {
        var text = Given(configuration) ?? Default;
        return Array.FindIndex(words, each => each.Word == text) is var at and >= 0 ? words[at].Value : throw Refuse(text);
    }
}
