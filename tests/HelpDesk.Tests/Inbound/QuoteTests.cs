using HelpDesk.Inbound;

namespace HelpDesk.Tests.Inbound;

/// <summary>How far a text is searched for what it quotes: a mail may be of any length, and must not keep a server busy.</summary>
internal sealed class QuoteTests
{
    private const string Introduction = "On 2 Mar 2026, at 10:00, HelpDesk <a@b.c> wrote:";

    [Test]
    public void An_introduction_is_looked_for_in_the_first_quarter_of_a_million_characters()
    {
        Assert.That(QuotedHistory.Split($"{Filled(200_000)}{Introduction}\n\n> Old", isForward: false).Quoted, Is.EqualTo($"{Introduction}\n\n> Old"));
        Assert.That(QuotedHistory.Split($"{Filled(260_000)}{Introduction}\n\nOld", isForward: false).Quoted, Is.Null);
        Assert.That(QuotedHistory.Split($"{Filled(260_000)}-----Original Message-----\n\nOld", isForward: false).Quoted, Is.Null);
    }

    [Test]
    public void What_is_quoted_below_a_short_answer_may_be_long()
    {
        var (fresh, quoted) = QuotedHistory.Split($"Thanks.\n\n{Introduction}\n\n{Filled(1_000_000, "> ")}", isForward: false);
        Assert.That((fresh, quoted!.Length), Is.EqualTo(("Thanks.", Introduction.Length + 1 + Filled(1_000_000, "> ").Length)));
        var below = QuotedHistory.Split($"{Introduction}\n{Filled(1_000_000, "> ")}\nThanks.", isForward: false);
        Assert.That(below.Fresh, Is.EqualTo("Thanks."));
    }

    [Test]
    public void A_text_past_all_measure_is_new_as_a_whole()
    {
        var text = $"Thanks.\n\n{Introduction}\n\n{Filled(4_000_000, "> ")}{QuotedHistory.Mark}\nOld";
        var (fresh, quoted) = QuotedHistory.Split(text, isForward: false);
        Assert.That(quoted, Is.Null);
        Assert.That(fresh, Is.EqualTo(text.Replace(QuotedHistory.Mark.ToString(), "", StringComparison.Ordinal)));
    }

    private static string Filled(int characters, string before = "") => string.Concat(Enumerable.Repeat($"{before}Nothing more to say.\n", characters / (21 + before.Length)));
}
