using System.Text.Json.Nodes;

namespace HelpDesk.Browser.Tests.Support;

/// <summary>The same matter in each language.</summary>
internal sealed class Story
{
    public static IReadOnlyList<Story> All { get; } =
    [
        new()
        {
            Language = "en", NoticeTitle = "Card payments are failing",
            Notice = "Since this morning most cards are declined. We are working on it with our payment provider; you can pay by bank transfer meanwhile.",
            Name = "Grace Holloway", Email = "grace@example.org", TimeZone = "Europe/London",
            Subject = "The teapot arrived without its lid", File = "return-label.pdf",
            Body = "Hello,\n\nthe teapot came today, well packed, but its lid is missing. My order is 20260310-0417.\n\nGrace",
            Reason = "Our warehouse is counting its stock this week and answers us more slowly.",
            Answer = "I am sorry that the lid was not in the box. The label for the return is attached, and costs you nothing. If you would rather keep the teapot I will have a lid sent from the workshop: just tell me.\n\nAnna",
            Thanks = "I would love to keep it. It is this one: https://shop.example.org/teapots/moss-green?size=1.2",
            News = "The workshop has one left in moss green. It leaves on Monday.",
            Further = "Lovely! Could it be sent to my office instead?",
            Remedy = "We take 10 % off this month's bill.",
            OtherSubject = "An invoice for my company", OtherBody = "I need the invoice made out to my company.", Question = "Gladly. What is the company's VAT number?", WaitingReason = "We need the VAT number of your company.",
        },
        new()
        {
            Language = "fi", NoticeTitle = "Korttimaksut eivät toimi",
            Notice = "Useimmat kortit on hylätty aamusta alkaen. Selvitämme asiaa maksunvälittäjämme kanssa; sillä välin voit maksaa tilisiirrolla.",
            Name = "Aino Mäkelä", Email = "aino@example.org", TimeZone = "Europe/Helsinki",
            Subject = "Teekannusta puuttui kansi", File = "palautustarra.pdf",
            Body = "Hei,\n\nteekannu tuli tänään hyvin pakattuna, mutta kansi puuttuu. Tilaukseni on 20260310-0417.\n\nAino",
            Reason = "Varastollamme on tällä viikolla inventaario, ja vastaukset sieltä viipyvät.",
            Answer = "Pahoittelen, että kansi ei ollut paketissa. Liitteenä on maksuton palautustarra. Jos haluat mieluummin pitää kannun, pyydän pajalta uuden kannen: kerro vain.\n\nAnna",
            Thanks = "Pidän sen mielelläni. Se on tämä: https://shop.example.org/teekannut/sammalenvihrea?koko=1.2",
            News = "Pajalla on vielä yksi sammalenvihreä kansi. Se lähtee maanantaina.",
            Further = "Ihanaa! Voisiko sen lähettää työpaikalleni?",
            Remedy = "Saat seuraavasta laskustasi 10 % hyvitystä.",
            OtherSubject = "Lasku yrityksen nimellä", OtherBody = "Tarvitsen laskun yritykseni nimellä.", Question = "Mielellään. Mikä on yrityksen Y-tunnus?", WaitingReason = "Tarvitsemme yrityksesi Y-tunnuksen.",
        },
        new()
        {
            Language = "tr", NoticeTitle = "Kartla ödeme yapılamıyor",
            Notice = "Bu sabahtan beri kartların çoğu reddediliyor. Ödeme sağlayıcımızla birlikte çözmeye çalışıyoruz; bu arada havaleyle ödeyebilirsiniz.",
            Name = "Ayşe Yıldırım", Email = "ayse@example.org", TimeZone = "Europe/Istanbul",
            Subject = "Çaydanlığın kapağı kutudan çıkmadı", File = "iade-etiketi.pdf",
            Body = "Merhaba,\n\nçaydanlık bugün sağlam geldi ama kapağı yok. Sipariş numaram 20260310-0417.\n\nAyşe",
            Reason = "Depomuzda bu hafta sayım var, oradan yanıtlar gecikiyor.",
            Answer = "Kapak kutudan çıkmadığı için üzgünüm. Ücretsiz iade etiketi ektedir. Çaydanlığı saklamak isterseniz atölyeden yeni bir kapak istetirim, bana yazmanız yeterli.\n\nAnna",
            Thanks = "Saklamayı çok isterim. Şu model: https://shop.example.org/caydanliklar/yosun-yesili?boy=1.2",
            News = "Atölyede yosun yeşili bir kapak kalmış. Pazartesi yola çıkıyor.",
            Further = "Harika! İş yerime gönderilebilir mi?",
            Remedy = "Bir sonraki faturanızdan %10 indirim yapıyoruz.",
            OtherSubject = "Şirket adına fatura", OtherBody = "Faturanın şirketim adına kesilmesini istiyorum.", Question = "Tabii. Şirketinizin vergi numarası nedir?", WaitingReason = "Şirketinizin vergi numarasına ihtiyacımız var.",
        },
    ];

    public required string Language { get; init; }

    public required string NoticeTitle { get; init; }

    public required string Notice { get; init; }

    public required string Name { get; init; }

    public required string Email { get; init; }

    public required string TimeZone { get; init; }

    public required string Subject { get; init; }

    public required string Body { get; init; }

    public required string Reason { get; init; }

    public required string Answer { get; init; }

    public required string File { get; init; }

    public required string Thanks { get; init; }

    public required string News { get; init; }

    public required string Further { get; init; }

    public required string Remedy { get; init; }

    public required string OtherSubject { get; init; }

    public required string OtherBody { get; init; }

    public required string Question { get; init; }

    public required string WaitingReason { get; init; }

    public JsonObject Requester => new() { ["email"] = Email, ["name"] = Name, ["locale"] = Language, ["timeZone"] = TimeZone };
}
