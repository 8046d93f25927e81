using System.Globalization;

namespace HelpDesk.Web.Settings;

/// <summary>From none to all, <c>0</c> to <c>1</c>, both inclusive.</summary>
internal sealed class Share(string key, double otherwise, string meaning) : Setting<double>(key, meaning)
{
    public override string Values => "a number from 0 to 1";

    public override string Default => otherwise.ToString(CultureInfo.InvariantCulture);

    public override double Read(IConfiguration configuration) =>
        Given(configuration) is not { } text ? otherwise
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1 ? number
        : throw Refuse(text);
}
