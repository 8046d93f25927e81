using HelpDesk.Web;

namespace HelpDesk.Tests.Web;

internal sealed class IdleMemoryTests
{
    private const long MB = 1 << 20;

    [Test]
    public void Memory_goes_back_after_a_rush_and_not_in_it_nor_for_little()
    {
        var quiet = new IdleMemory.Quiet();
        bool[] said = [.. new[] { 60 * MB, 61 * MB, 62 * MB, 500 * MB, 900 * MB, 903 * MB, 904 * MB, 905 * MB, 906 * MB, 907 * MB }.Select(allocated => quiet.Look(allocated).IsWorthIt)];
        bool[] expected =
        [
            false, // the start
            true, // has ended
            false,
            false, // a rush
            false, // goes on
            true, // is over
            false,
            false,
            false,
            true, // little by little it has become something again
        ];
        Assert.That(said, Is.EqualTo(expected));
    }
}
