using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace HelpDesk.Web;

/// <summary>
/// BCP 47 locales: whatever has their form, in any language. Codes of two letters are looked up, since most that are not in use are slips ("en-UK"); language and region apart, so that a Turkish
/// reader in Germany ("tr-DE") is not refused for being rare. Languages of three letters are too many to look up, but for those that BCP 47 writes with two ("eng"): nobody's texts are found by
/// these. The lists are the desk's own: what the machine's libraries know differs from server to server.
/// </summary>
internal static partial class Locales
{
    public const string Rule = "must be a BCP 47 locale, for example fi, pt-BR or sco: a language of two letters that is known, or of three where it has none of two, and a region that is known";

    // ISO 639-1.
    private static readonly FrozenSet<string> Languages = Set("""
        aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy
        ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo
        lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk
        sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
        """);

    // ISO 639-2, of the languages that ISO 639-1 has.
    private static readonly FrozenSet<string> WrittenWithTwo = Set("""
        aar abk afr aka alb amh ara arg arm asm ava ave aym aze bak bam baq bel ben bih bis bod bos bre bul bur cat ces cha che chi chu chv cor cos cre cym
        cze dan deu div dut dzo ell eng epo est eus ewe fao fas fij fin fra fre fry ful geo ger gla gle glg glv gre grn guj hat hau heb her hin hmo hrv hun
        hye ibo ice ido iii iku ile ina ind ipk isl ita jav jpn kal kan kas kat kau kaz khm kik kin kir kom kon kor kua kur lao lat lav lim lin lit ltz lub
        lug mac mah mal mao mar may mkd mlg mlt mon mri msa mya nau nav nbl nde ndo nep nld nno nob nor nya oci oji ori orm oss pan per pli pol por pus que
        roh ron rum run rus sag san sin slk slo slv sme smo sna snd som sot spa sqi srd srp ssw sun swa swe tah tam tat tel tgk tgl tha tib tir ton tsn tso
        tuk tur twi uig ukr urd uzb ven vie vol wel wln wol xho yid yor zha zho zul
        """);

    // ISO 3166-1, with Kosovo, what it has set aside for others (EU, IC for the Canaries) and ZZ, which is no region that is known. Three digits name a wider region (419: Latin America) and are
    // taken as they are.
    private static readonly FrozenSet<string> Regions = Set("""
        ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co
        cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr
        ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn
        mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd
        se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws xk
        ye yt za zm zw
        ac cp dg ea eu ez ic ta un zz
        """);

    public static bool IsKnown(string text)
    {
        if (text.Length > 35 || Form().Match(text) is not { Success: true } locale) return false;
        var region = locale.Groups["region"];
        var language = locale.Groups["language"].Value;
        return (language.Length == 2 ? Languages.Contains(language) : !WrittenWithTwo.Contains(language))
            && (!region.Success || char.IsAsciiDigit(region.Value[0]) || Regions.Contains(region.Value));
    }

    private static FrozenSet<string> Set(string words) =>
        words.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(
        @"^(?<language>[a-z]{2,3})(-[a-z]{3}){0,3}(-[a-z]{4})?(-(?<region>[a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[a-wyz0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
