using System.Net;
using System.Text;

namespace HelpDesk.Tests.Inbound;

/// <summary>Whatever a mail looks like, the desk files it or says what is wrong.</summary>
internal sealed class FuzzTests : InboundFixture
{
    private const int Rounds = 400;

    private static readonly string[] Pieces =
    [
        "\r\n\r\n", "--mix--", "--mix\r\n", "=?utf-8?B?////?=", "=?x?Q?=FF=FE?=", "Content-Type: multipart/mixed; boundary=\"\"\r\n", "Content-Transfer-Encoding: base64\r\n", "\0", "\u00e9", "<", ">>", "@",
        "Content-Type: text/html\r\n", "charset=utf-7", "charset=\"\"", "References: <<<>>> <a@b\r\n", "From: \"\r\n", "<div><blockquote><table>", "&#0;&#xD800;&#x110000;",
        "Content-Type: application/ms-tnef\r\n", "Message-ID: <>\r\n", "Content-Type: message/rfc822\r\n", "filename*=utf-8''%00%FF.exe",
    ];

    [Test]
    public async Task No_mutation_of_a_mail_breaks_the_desk()
    {
        var random = new Random(20260302);
        var broken = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            var raw = Mutated(RawMail.Bytes(RawMail.All[random.Next(RawMail.All.Count)]), random);
            using var answer = await Mail(raw);
            if (answer.StatusCode is not (HttpStatusCode.Created or HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity))
            {
                broken.Add($"{round}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}\n{Encoding.Latin1.GetString(raw)}");
            }
        }

        Assert.That(broken, Is.Empty);
    }

    [Test]
    public async Task Deep_and_wide_mail_is_filed()
    {
        var deep = new StringBuilder("From: a@example.org\n");
        for (var depth = 0; depth < 500; depth++) deep.Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n");
        await Filed(deep + "Content-Type: text/plain\n\nWords.\n");
        await Filed($"From: a@example.org\nMessage-ID: <wide@x.y>\nContent-Type: text/html\n\n{string.Concat(Enumerable.Repeat("<div><a href=http://x>", 20_000))}Words.\n");
        await Filed($"From: a@example.org\nMessage-ID: <refs@x.y>\nReferences: {string.Join("\n ", Enumerable.Range(0, 20_000).Select(id => $"<{id}@x.y>"))}\n\nWords.\n");
        var parts = string.Concat(Enumerable.Range(0, 150).Select(part => $"--b\nContent-Type: text/csv; name=f{part}.csv\n\na,b\n"));
        var filed = await Filed($"From: a@example.org\nMessage-ID: <parts@x.y>\nContent-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n");
        Assert.That(filed["notKept"]!.AsArray(), Has.Count.EqualTo(50));
    }

    private static byte[] Mutated(byte[] mail, Random random)
    {
        var bytes = mail.ToList();
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 80), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 200), bytes.Count - at)));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }

            if (bytes.Count == 0) bytes.Add((byte)'x');
        }

        return [.. bytes];
    }
}
