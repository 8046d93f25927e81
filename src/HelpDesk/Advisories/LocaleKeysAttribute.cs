using HelpDesk.Web;
using HelpDesk.Web.Json;

namespace HelpDesk.Advisories;

/// <summary>Languages to write in.</summary>
internal sealed class LocaleKeysAttribute : KeyedByAttribute
{
    public override string? Broken(string key) => Locales.IsKnown(key) ? null : Locales.Rule;
}
