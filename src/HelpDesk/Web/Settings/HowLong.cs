namespace HelpDesk.Web.Settings;

/// <summary>A duration; both bounds may be. Without a lower one it is longer than nothing; without an upper one the lower is nothing.</summary>
internal sealed class HowLong(string key, string otherwise, string meaning, string? least = null, string? most = null) : Setting<Duration>(key, meaning)
{
    public override string Values => "an ISO 8601 duration " + (least, most) switch
    {
        (null, null) => "longer than `PT0S`",
        (null, _) => $"longer than `PT0S`, at most `{most}`",
        (_, null) => "that is not negative",
        _ => $"from `{least}` to `{most}`",
    };

    public override string Default => otherwise;

    public override Duration Read(IConfiguration configuration)
    {
        var text = Given(configuration) ?? otherwise;
        if (!IsoDuration.TryParse(text, out var time, out var rule)) throw Refuse(text, rule == IsoDuration.Form ? null : rule);
        return (least is null ? time > Duration.Zero : time >= Of(least)) && (most is null || time <= Of(most)) ? time : throw Refuse(text);
    }

    private static Duration Of(string bound) => IsoDuration.TryParse(bound, out var time) ? time : throw new InvalidOperationException($"{bound} is no duration.");
}
