namespace HelpDesk.Web.Pages;

/// <summary>What every page says in one language.</summary>
/// <param name="Skip">The link that keyboards meet first.</param>
/// <param name="Language">Names the choice of languages.</param>
/// <param name="Request">Before a request's id.</param>
public sealed record PageWords(string Skip, string Language, string Request)
{
    private static readonly PageWords English = new("Skip to the content", "Language", "If you tell us about it, please mention this number:")
    {
        Missing = ("There is no such page", "The address may have been cut off on its way, or the page is no longer there."),
        Gone = ("This page is no longer there", "The link was good once and is not any more. Answer the last message you had from us, and we will help you from there."),
        TooMany = ("A little too fast", "Many requests came from where you are. Please wait a minute and try again."),
        TooLarge = ("That was too much at once", "What you sent is larger than we can take. Please go back and send less, or smaller files."),
        Away = ("We will be right back", "The page cannot be shown at the moment. Please try again in a few seconds."),
        Fault = ("Something went wrong on our side", "It is not your fault, and it has been noted. Please try again in a little while."),
        Refused = ("That did not work", "What was sent could not be taken. Please go back, load the page again and try once more."),
    };

    private static readonly PageWords Finnish = new("Siirry sisältöön", "Kieli", "Jos kerrot asiasta meille, mainitse tämä numero:")
    {
        Missing = ("Sivua ei ole", "Osoite on ehkä katkennut matkalla, tai sivua ei enää ole."),
        Gone = ("Sivua ei enää ole", "Linkki toimi aiemmin mutta ei enää. Vastaa viimeisimpään viestiimme, niin autamme sinua siitä eteenpäin."),
        TooMany = ("Hetki vielä", "Verkostasi on tullut paljon pyyntöjä. Odota minuutti ja yritä uudelleen."),
        TooLarge = ("Liikaa kerralla", "Lähetyksesi on suurempi kuin voimme ottaa vastaan. Palaa takaisin ja lähetä vähemmän tai pienempiä tiedostoja."),
        Away = ("Palaamme aivan pian", "Sivua ei voi juuri nyt näyttää. Yritä uudelleen muutaman sekunnin kuluttua."),
        Fault = ("Meillä meni jotain vikaan", "Vika ei ole sinun, ja tieto siitä on tallessa. Yritä hetken kuluttua uudelleen."),
        Refused = ("Se ei onnistunut", "Lähetystä ei voitu ottaa vastaan. Palaa takaisin, lataa sivu uudelleen ja yritä vielä kerran."),
    };

    private static readonly PageWords Turkish = new("İçeriğe geç", "Dil", "Bize yazarsanız lütfen bu numarayı belirtin:")
    {
        Missing = ("Böyle bir sayfa yok", "Adres iletilirken kesilmiş ya da sayfa kaldırılmış olabilir."),
        Gone = ("Bu sayfa artık yok", "Bu bağlantı eskiden geçerliydi, artık değil. Bizden aldığınız son iletiyi yanıtlayın, size oradan yardımcı olalım."),
        TooMany = ("Biraz fazla hızlı oldu", "Bulunduğunuz ağdan çok sayıda istek geldi. Lütfen bir dakika bekleyip yeniden deneyin."),
        TooLarge = ("Bir seferde fazla geldi", "Gönderdikleriniz alabileceğimizden büyük. Lütfen geri dönüp daha azını ya da daha küçük dosyalar gönderin."),
        Away = ("Hemen döneceğiz", "Sayfa şu anda gösterilemiyor. Lütfen birkaç saniye sonra yeniden deneyin."),
        Fault = ("Bizim tarafımızda bir sorun oluştu", "Sizin bir hatanız yok; sorun kaydedildi. Lütfen kısa bir süre sonra yeniden deneyin."),
        Refused = ("Bu işlem yapılamadı", "Gönderdikleriniz alınamadı. Lütfen geri dönüp sayfayı yenileyin ve bir kez daha deneyin."),
    };

    public required (string Title, string Text) Missing { get; init; }

    /// <summary>It was there.</summary>
    public required (string Title, string Text) Gone { get; init; }

    public required (string Title, string Text) TooMany { get; init; }

    public required (string Title, string Text) TooLarge { get; init; }

    public required (string Title, string Text) Away { get; init; }

    /// <summary>The desk's own.</summary>
    public required (string Title, string Text) Fault { get; init; }

    public required (string Title, string Text) Refused { get; init; }

    public static PageWords Of(PageLanguage language) => language.Of(English, Finnish, Turkish);

    public (string Title, string Text) Problem(int status) => status switch
    {
        StatusCodes.Status404NotFound => Missing,
        StatusCodes.Status410Gone => Gone,
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status429TooManyRequests => TooMany,
        StatusCodes.Status503ServiceUnavailable => Away,
        >= 500 => Fault,
        _ => Refused,
    };
}
