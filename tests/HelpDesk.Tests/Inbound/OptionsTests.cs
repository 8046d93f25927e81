using HelpDesk.Delivery;
using HelpDesk.Inbound;
using HelpDesk.Web;
using Microsoft.Extensions.Configuration;

namespace HelpDesk.Tests.Inbound;

/// <summary>A setting that cannot be stops the start, naming its key.</summary>
internal sealed class OptionsTests
{
    [TestCase("Inbound:MaxBytes", "many")]
    [TestCase("Inbound:MaxBytes", "0")]
    [TestCase("Inbound:MaxBytes", "-1")]
    [TestCase("Inbound:Address", "support")]
    [TestCase("Inbound:Address", "Support <support@desk.example>")]
    [TestCase("Inbound:Address", "destek-ığdır@desk.example")]
    [TestCase("Inbound:Address", "a-name-that-leaves-no-room-for-a-tag-of-a-ticket@desk.example")]
    public void What_cannot_be_is_refused(string key, string value)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();
        Assert.That(
            () => (InboundOptions.Read(configuration), ReplyAddresses.Read(configuration)),
            Throws.InstanceOf<WrongConfiguration>().With.Message.StartsWith($"{key} must be"));
    }
}
