using HelpDesk.Web;

namespace HelpDesk.Tests.Web;

internal sealed class CursorTests
{
    private static readonly Key Last = new(Instant.FromUtc(2026, 3, 2, 8, 0).PlusNanoseconds(1000), 42);

    [Test]
    public void Comes_back_as_it_was_written() => Assert.That(Cursor.Read<Key>(Cursor.Write(Last, "/v1/tickets?"), "/v1/tickets?"), Is.EqualTo(Last));

    [Test]
    public void Is_refused_when_any_letter_of_it_was_changed()
    {
        var cursor = Cursor.Write(Last, "/v1/tickets?");
        using (Assert.EnterMultipleScope())
        {
            for (var place = 0; place < cursor.Length - 1; place++)
            {
                var changed = cursor[..place] + (cursor[place] == 'A' ? 'B' : 'A') + cursor[(place + 1)..];
                Assert.That(() => Cursor.Read<Key>(changed, "/v1/tickets?"), Throws.TypeOf<Refusal>(), $"at {place}");
            }
        }
    }

    [TestCase("/v1/customers?")]
    [TestCase("/v1/tickets?promised_at")]
    public void Is_refused_by_another_list_and_another_order(string list) =>
        Assert.That(() => Cursor.Read<Key>(Cursor.Write(Last, "/v1/tickets?"), list), Throws.TypeOf<Refusal>());

    private sealed record Key(Instant At, long Id);
}
