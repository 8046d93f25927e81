using HelpDesk.Web;
using Microsoft.Extensions.Configuration;

namespace HelpDesk.Tests.Web;

internal sealed class SecretFilesTests
{
    private readonly string file = Path.GetTempFileName();

    [OneTimeTearDown]
    public void Remove() => File.Delete(file);

    private static ConfigurationManager Read(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationManager();
        configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value));
        configuration.AddSecretFiles();
        return configuration;
    }

    [TestCase("sesame\n", "sesame")]
    [TestCase("sesame\r\n", "sesame")]
    [TestCase(" ses=ame;\n two", " ses=ame;\n two")]
    public void A_value_is_what_the_file_says_without_its_last_end_of_line(string written, string value)
    {
        File.WriteAllText(file, written);
        Assert.That(Read(("Mail:Password_FILE", file))["Mail:Password"], Is.EqualTo(value));
    }

    [Test]
    public void Also_keys_without_a_section_that_the_desk_reads()
    {
        File.WriteAllText(file, "authorization=Bearer sesame\n");
        Assert.That(Read(("OTEL_EXPORTER_OTLP_HEADERS_FILE", file))["OTEL_EXPORTER_OTLP_HEADERS"], Is.EqualTo("authorization=Bearer sesame"));
    }

    [Test]
    public void Variables_of_other_programs_are_left_alone() => Assert.That(Read(("SSL_CERT_FILE", "/nowhere"))["SSL_CERT"], Is.Null);

    [Test]
    public void A_file_that_is_not_there_is_named_with_its_key() =>
        Assert.That(() => Read(("Access:AdminKey_FILE", "/nowhere/key")), Throws.TypeOf<WrongConfiguration>().With.Message.StartsWith("Access:AdminKey_FILE names the file '/nowhere/key', which cannot be read: "));

    [Test]
    public void An_empty_file_is_no_secret()
    {
        File.WriteAllText(file, "\n");
        Assert.That(() => Read(("Access:AdminKey_FILE", file)), Throws.TypeOf<WrongConfiguration>().With.Message.EndsWith("which is empty."));
    }

    [Test]
    public void A_file_without_an_end_is_not_read_to_it() =>
        Assert.That(() => Read(("Access:AdminKey_FILE", "/dev/zero")), Throws.TypeOf<WrongConfiguration>().With.Message.Contains("more than 65536 bytes"));

    [Test]
    public void A_value_is_said_once()
    {
        File.WriteAllText(file, "sesame");
        Assert.That(() => Read(("Mail:Password_FILE", file), ("Mail:Password", "other")), Throws.TypeOf<WrongConfiguration>().With.Message.EqualTo("Mail:Password and Mail:Password_FILE are both set: leave one out."));
    }
}
