using HelpDesk.Web;

namespace HelpDesk.Tests.Web;

/// <summary>Which locales are taken, wherever one is.</summary>
internal sealed class LocalesTests
{
    [TestCase("fi")]
    [TestCase("tr-DE")]
    [TestCase("EN-gb")]
    [TestCase("rom")]
    [TestCase("kmr")]
    [TestCase("zza-TR")]
    [TestCase("crh-Cyrl-UA")]
    [TestCase("krl")]
    [TestCase("fkv-NO")]
    [TestCase("sco")]
    [TestCase("tlh")]
    [TestCase("und")]
    [TestCase("mul")]
    [TestCase("en-ZZ")]
    [TestCase("es-419")]
    [TestCase("es-IC")]
    [TestCase("zh-yue-Hant-HK")]
    [TestCase("sl-rozaj-biske-1994")]
    [TestCase("de-CH-1901")]
    [TestCase("en-u-ca-gregory-x-ours")]
    public void A_locale_in_any_language_is_taken(string locale) => Assert.That(Locales.IsKnown(locale), Is.True);

    [TestCase("")]
    [TestCase("x")]
    [TestCase("xx")]
    [TestCase("xx-nope-zz_1")]
    [TestCase("en-UK")]
    [TestCase("fi-XX")]
    [TestCase("fi_FI")]
    [TestCase("eng")]
    [TestCase("FIN")]
    [TestCase("ger-DE")]
    [TestCase("finnish")]
    [TestCase("x-private")]
    [TestCase("i-klingon")]
    [TestCase("sco-")]
    [TestCase("sco--GB")]
    [TestCase("sco-GB\n")]
    [TestCase("sc\u00f6")]
    [TestCase("rom-u")]
    [TestCase("rom-Latn-Latn-Latn-Latn-Latn-Latn-Latn")]
    public void What_is_none_is_refused(string text) => Assert.That(Locales.IsKnown(text), Is.False);
}
