using System.Text;

namespace HelpDesk.Tests.Inbound;

/// <summary>Mail as programs write it.</summary>
internal static class RawMail
{
    public const string GmailEnglish = """
        Return-Path: <ada@example.org>
        From: Ada Lovelace <ada@example.org>
        To: HelpDesk <support@desk.example>
        Subject: Re: [#7] Printer on fire
        Message-ID: <CAF+gmail.1@mail.gmail.com>
        In-Reply-To: <SENT>
        References: <ticket-x@desk.example> <SENT>
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="000000000000a1"

        --000000000000a1
        Content-Type: text/plain; charset="UTF-8"

        It still burns, see https://example.org/photo.

        Ada

        On Mon, Mar 2, 2026 at 10:00 AM HelpDesk <support@desk.example>
        wrote:

        > Hello Ada,
        >
        > we have received your message.
        >

        --000000000000a1
        Content-Type: text/html; charset="UTF-8"

        <div dir="ltr">It still burns</div><br><div class="gmail_quote"><blockquote>Hello Ada</blockquote></div>

        --000000000000a1--
        """;

    public const string GmailTurkish = """
        From: =?UTF-8?B?QXnFn2UgWcSxbG1heg==?= <ayse@example.org>
        To: support@desk.example
        Subject: =?UTF-8?Q?Re=3A_Yaz=C4=B1c=C4=B1_yan=C4=B1yor?=
        Message-ID: <CAF+gmail.tr@mail.gmail.com>
        MIME-Version: 1.0
        Content-Type: text/plain; charset="UTF-8"
        Content-Transfer-Encoding: 8bit

        Hâlâ yanıyor, lütfen acele edin.

        HelpDesk <support@desk.example>, 2 Mar 2026 Pzt, 10:00 tarihinde şunu
        yazdı:

        > Merhaba Ayşe,
        > mesajınızı aldık.
        """;

    public const string AppleFinnish = """
        From: =?iso-8859-1?Q?P=E4ivi_M=E4kel=E4?= <paivi@example.org>
        To: support@desk.example
        Subject: =?iso-8859-1?Q?Vs=3A_Tulostin_palaa?=
        Message-ID: <APPLE-1@example.org>
        MIME-Version: 1.0 (Mac OS X Mail 16.0)
        Content-Type: text/plain; charset=iso-8859-1
        Content-Transfer-Encoding: quoted-printable

        Palaa yh=E4.

        P=E4ivi

        > HelpDesk <support@desk.example> kirjoitti 2.3.2026 kello 10.00:
        >=20
        > Hei P=E4ivi,
        > olemme saaneet viestisi.
        """;

    public const string OutlookFinnish = """
        From: Matti Meikalainen <matti@example.org>
        To: support@desk.example
        Subject: Vs: Tulostin palaa
        Message-ID: <AM0PR01@eurprd01.prod.outlook.com>
        MIME-Version: 1.0
        Content-Type: text/html; charset="utf-8"
        Content-Transfer-Encoding: 8bit

        <html><head><style>p { color: red }</style></head><body>
        <p class="MsoNormal">Kiitos,&nbsp;<b>nyt</b> toimii.</p>
        <p>Ohje: <a href="https://example.org/ohje">täällä</a></p>
        <hr><div id="divRplyFwdMsg"><b>Lähettäjä:</b> HelpDesk<br><b>Lähetetty:</b> maanantai 2. maaliskuuta 2026 10.00<br>
        <b>Vastaanottaja:</b> Matti<br><b>Aihe:</b> Tulostin palaa</div><p>Hei Matti</p></body></html>
        """;

    public const string OutlookTurkish = """
        From: Mehmet <mehmet@example.org>
        To: support@desk.example
        Subject: YNT: Fatura
        Message-ID: <DB9PR02@eurprd02.prod.outlook.com>
        MIME-Version: 1.0
        Content-Type: text/plain; charset="windows-1254"
        Content-Transfer-Encoding: quoted-printable

        Te=FEekk=FCrler, =FEimdi =E7al=FD=FE=FDyor.

        ________________________________
        G=F6nderen: HelpDesk <support@desk.example>
        G=F6nderildi: 2 Mart 2026 Pazartesi 10:00
        Kime: Mehmet
        Konu: Fatura

        Merhaba Mehmet
        """;

    public const string OutOfOffice = """
        From: Ada Lovelace <ada@example.org>
        To: support@desk.example
        Subject: Automatic reply: Printer on fire
        Message-ID: <oof-1@example.org>
        In-Reply-To: <SENT>
        Auto-Submitted: auto-generated
        X-Auto-Response-Suppress: All
        MIME-Version: 1.0
        Content-Type: text/plain; charset="us-ascii"

        I am away until Friday.
        """;

    public const string Bounce = """
        Return-Path: <>
        From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
        To: support@desk.example
        Subject: Undelivered Mail Returned to Sender
        Auto-Submitted: auto-replied
        Message-ID: <20260302100000.BOUNCE@mx.example.org>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="B/mx"

        --B/mx
        Content-Description: Notification
        Content-Type: text/plain; charset=us-ascii

        This is the mail system at host mx.example.org.

        <ada@example.org>: host said: 550 5.1.1 No such user

        --B/mx
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.org

        Final-Recipient: rfc822; ada@example.org
        Original-Recipient: rfc822;ada@example.org
        Action: ACTION
        Status: STATUS
        Diagnostic-Code: smtp; 550 5.1.1 No such user

        --B/mx
        Content-Description: Undelivered Message
        Content-Type: text/rfc822-headers

        From: HelpDesk <support@desk.example>
        To: ada@example.org
        Message-ID: <SENT>
        Subject: Printer on fire

        --B/mx--
        """;

    public const string Complaint = """
        From: feedback@isp.example
        To: support@desk.example
        Subject: FW: Printer on fire
        Message-ID: <arf-1@isp.example>
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="arf"

        --arf
        Content-Type: text/plain; charset="us-ascii"

        This is an email abuse report.

        --arf
        Content-Type: message/feedback-report

        Feedback-Type: abuse
        User-Agent: SomeISP/1.0
        Version: 1

        --arf
        Content-Type: message/rfc822

        From: HelpDesk <support@desk.example>
        To: ada@example.org
        Message-ID: <SENT>
        Subject: Printer on fire

        Hello Ada

        --arf--
        """;

    public const string List = """
        From: Grace <grace@example.org>
        To: users@lists.example.org
        Cc: support@desk.example
        Subject: [users] Hello all
        Message-ID: <list-1@example.org>
        List-Id: Users <users.lists.example.org>
        List-Unsubscribe: <mailto:users-leave@lists.example.org>
        Precedence: list
        Content-Type: text/plain; charset=utf-8

        Does it burn for you too?
        """;

    public const string Forward = """
        From: Boss <boss@example.org>
        To: support@desk.example
        Subject: Fwd: Printer on fire
        Message-ID: <fwd-1@example.org>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="mix"

        --mix
        Content-Type: text/plain; charset=utf-8

        Please look at this.

        ---------- Forwarded message ---------
        From: Ada <ada@example.org>
        Date: Mon, Mar 2, 2026 at 9:00 AM
        Subject: Printer on fire
        To: Boss <boss@example.org>

        It burns.

        --mix
        Content-Type: application/pdf; name*=utf-8''tulostin%20k%C3%A4ytt%C3%B6ohje.pdf
        Content-Disposition: attachment; filename*=utf-8''tulostin%20k%C3%A4ytt%C3%B6ohje.pdf
        Content-Transfer-Encoding: base64

        JVBERi0xLjQKJSVFT0YK

        --mix
        Content-Type: image/png; name="=?iso-8859-9?Q?yang=FDn=2Epng?="
        Content-Disposition: inline; filename="=?iso-8859-9?Q?yang=FDn=2Epng?="
        Content-ID: <img1>
        Content-Transfer-Encoding: base64

        iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==

        --mix
        Content-Type: message/rfc822

        From: Ada <ada@example.org>
        To: boss@example.org
        Subject: The first mail

        It burned before.

        --mix--
        """;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [GmailEnglish, GmailTurkish, AppleFinnish, OutlookFinnish, OutlookTurkish, OutOfOffice, Bounce, Complaint, List, Forward];

    /// <summary>A plain mail.</summary>
    public static string Of(string from = "Ada <ada@example.org>", string subject = "Printer on fire", string body = "It burns.", string more = "", string id = "a1@example.org", string to = "support@desk.example") =>
        $"From: {from}\nTo: {to}\nSubject: {subject}\nMessage-ID: <{id}>\n{(more.Length == 0 ? "" : more + "\n")}Content-Type: text/plain; charset=utf-8\n\n{body}\n";

    public static byte[] Bytes(string mail) => Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n"));
}
