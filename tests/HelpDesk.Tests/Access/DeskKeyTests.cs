using HelpDesk.Access;
using HelpDesk.Web;
using Microsoft.Extensions.Configuration;

namespace HelpDesk.Tests.Access;

internal sealed class DeskKeyTests
{
    private string folder = "";

    [SetUp]
    public void Make_a_folder() => folder = Directory.CreateTempSubdirectory("helpdesk-key-").FullName;

    [TearDown]
    public void Remove_the_folder() => Directory.Delete(folder, recursive: true);

    private string File => Path.Combine(folder, "data", "signing-key");

    private byte[] Read(string? key = null) =>
        DeskKey.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Desk:SigningKey", key), new("HELPDESK_DATA", Path.Combine(folder, "data"))]).Build()).For("a purpose");

    [Test]
    public void Without_one_in_the_configuration_it_is_made_once_for_its_owner_alone()
    {
        var first = Read();
        Assert.That(Read(), Is.EqualTo(first));
        if (!OperatingSystem.IsWindows()) Assert.That(System.IO.File.GetUnixFileMode(File), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(File)!), Is.EqualTo(new[] { File }), "nothing else is left");
        System.IO.File.Delete(File);
        Assert.That(Read(), Is.Not.EqualTo(first));
    }

    [Test]
    public void Desks_that_start_at_once_have_the_same_one()
    {
        var keys = new string[8];
        Parallel.For(0, keys.Length, index => keys[index] = Convert.ToHexString(Read()));
        Assert.That(keys.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public void What_the_configuration_says_counts_and_nothing_is_written()
    {
        var first = Read("0123456789-0123456789-0123456789");
        Assert.That(Read("0123456789-0123456789-0123456789"), Is.EqualTo(first).And.Not.EqualTo(Read("0123456789-0123456789-012345678X")));
        Assert.That(System.IO.File.Exists(File), Is.False);
    }

    [TestCase("too short")]
    [TestCase("0123456789 0123456789 0123456789 ")]
    [TestCase("0123456789-0123456789-0123456789-ä")]
    public void A_key_that_cannot_be_stops_the_start_and_is_not_shown(string key) =>
        Assert.That(() => Read(key), Throws.InstanceOf<WrongConfiguration>().With.Message.Contains("Desk:SigningKey").And.Message.Not.Contains(key));

    [Test]
    public void A_file_that_cannot_be_read_stops_the_start_and_no_other_key_is_proposed()
    {
        Read();
        using var held = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.None);
        Assert.That(() => Read(), Throws.InstanceOf<WrongConfiguration>().With.Message.Contains($"{File} is there and cannot be read").And.Message.Not.Contains("Desk:SigningKey"));
    }

    [Test]
    public void A_file_that_holds_none_stops_the_start()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, "short");
        Assert.That(() => Read(), Throws.InstanceOf<WrongConfiguration>().With.Message.Contains(File));
    }

    [Test]
    public void A_folder_that_cannot_be_written_stops_the_start()
    {
        System.IO.File.WriteAllText(Path.Combine(folder, "data"), "a file where the folder should be");
        Assert.That(() => Read(), Throws.InstanceOf<WrongConfiguration>().With.Message.Contains("Desk:SigningKey").And.Message.Contains("HELPDESK_DATA"));
    }
}
