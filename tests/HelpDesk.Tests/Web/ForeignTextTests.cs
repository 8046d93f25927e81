using HelpDesk.Web.Outgoing;

namespace HelpDesk.Tests.Web;

internal sealed class ForeignTextTests
{
    [Test]
    public void What_a_database_cannot_keep_is_replaced_and_the_rest_stays()
    {
        Assert.That(ForeignText.Of("a\0b\uD83Dc\uDE00 \U0001F600\n", 100), Is.EqualTo("a\uFFFDb\uFFFDc\uFFFD \U0001F600\n"));
        Assert.That(ForeignText.Line(" 550 no\r\nsuch\0user\u2028\uDC00 "), Is.EqualTo("550 no  such user \uFFFD"));
    }

    [TestCase(3, "aaa")]
    [TestCase(4, "aaa")]
    [TestCase(5, "aaa\U0001F600")]
    public void Nothing_is_cut_in_the_middle_of_a_character(int most, string kept) => Assert.That(ForeignText.Of("aaa\U0001F600b", most), Is.EqualTo(kept));
}
