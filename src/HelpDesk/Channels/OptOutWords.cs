using HelpDesk.Web.Pages;

namespace HelpDesk.Channels;

/// <summary>What the page says in one language.</summary>
/// <param name="On">She is written to: title, text, the button that ends it.</param>
/// <param name="Off">She is not: title, text, the button that takes it up again.</param>
/// <param name="Ended">The same, just after she ended it.</param>
/// <param name="TakenUp">She is written to again, just after she said so.</param>
/// <param name="Missing">The link is not good.</param>
internal sealed record OptOutWords(
    (string Title, string Text, string Button) On, (string Title, string Text, string Button) Off, (string Title, string Text, string Button) Ended,
    (string Title, string Text, string Button) TakenUp, (string Title, string Text) Missing)
{
    private static readonly OptOutWords English = new(
        ("No more mail from us?",
            "We write to you about your requests: what we promise, where things stand, and our answers. If you end that, we can no longer tell you any of it, nor answer you.",
            "Send me no more mail"),
        ("You get no mail from us", "We do not write to you about your requests: neither what we promise nor our answers.", "Write to me again"),
        ("You will get no more mail from us", "That was all. Should you have pressed the button by mistake, take it back here.", "Write to me again"),
        ("We write to you again", "You will hear from us about your requests, as before.", "Send me no more mail"),
        ("This link leads nowhere", "It may have been cut off on its way. Please open it from the mail itself once more."));

    private static readonly OptOutWords Finnish = new(
        ("Etkö halua enää viestejä meiltä?",
            "Kirjoitamme sinulle pyynnöistäsi: mitä lupaamme, missä mennään ja mitä vastaamme. Jos kiellät viestit, emme voi enää kertoa näistä emmekä vastata sinulle.",
            "En halua enää viestejä"),
        ("Et saa meiltä viestejä", "Emme kirjoita sinulle pyynnöistäsi: emme lupauksistamme emmekä vastauksistamme.", "Haluan taas viestejä"),
        ("Et saa meiltä enää viestejä", "Muuta ei tarvita. Jos painoit painiketta vahingossa, voit perua sen tässä.", "Haluan taas viestejä"),
        ("Kirjoitamme sinulle taas", "Kuulet meistä pyyntöjesi asioissa kuten ennenkin.", "En halua enää viestejä"),
        ("Linkki ei johda mihinkään", "Se on ehkä katkennut matkalla. Avaa se vielä kerran suoraan viestistä."));

    private static readonly OptOutWords Turkish = new(
        ("Artık bizden e\u2011posta almak istemiyor musunuz?",
            "Size talepleriniz hakkında yazıyoruz: verdiğimiz sözleri, son durumu ve yanıtlarımızı bildiriyoruz. E-postaları durdurursanız bunların hiçbirini size iletemeyiz, size yanıt da veremeyiz.",
            "Bana artık e\u2011posta göndermeyin"),
        ("Bizden e\u2011posta almıyorsunuz", "Talepleriniz hakkında size yazmıyoruz: ne verdiğimiz sözleri ne de yanıtlarımızı iletiyoruz.", "Bana yeniden yazın"),
        ("Artık bizden e\u2011posta almayacaksınız", "Başka bir şey yapmanız gerekmiyor. Düğmeye yanlışlıkla bastıysanız buradan geri alabilirsiniz.", "Bana yeniden yazın"),
        ("Size yeniden yazıyoruz", "Talepleriniz hakkında eskisi gibi bizden haber alacaksınız.", "Bana artık e\u2011posta göndermeyin"),
        ("Bu bağlantı geçerli değil", "Bağlantı iletilirken kesilmiş olabilir. Lütfen e-postanın içinden bir kez daha açın."));

    public static OptOutWords Of(PageLanguage language) => language.Of(English, Finnish, Turkish);
}
