using HelpDesk.Tickets;
using HelpDesk.Web;
using Microsoft.Extensions.Configuration;

namespace HelpDesk.Tests.Web;

internal sealed class ServedAddressTests
{
    [TestCase("http://127.0.0.1:7777", "http://127.0.0.1:7777")]
    [TestCase("http://*:7777", "http://127.0.0.1:7777")]
    [TestCase("http://+:7777", "http://127.0.0.1:7777")]
    [TestCase("http://0.0.0.0:7777;http://127.0.0.1:8888", "http://127.0.0.1:7777")]
    [TestCase("http://[::]:7777", "http://127.0.0.1:7777")]
    [TestCase("http://unix:/run/desk.sock", "http://127.0.0.1:5080")]
    [TestCase("", "http://127.0.0.1:5080")]
    public void The_public_address_is_where_the_desk_serves_unless_it_is_set(string urls, string leads)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("urls", urls)]).Build();
        Assert.That(() => ServedAddress.Check(configuration), Throws.Nothing);
        Assert.That(DeskSettings.Read(configuration).PublicUrl, Is.EqualTo(leads));
    }
}
