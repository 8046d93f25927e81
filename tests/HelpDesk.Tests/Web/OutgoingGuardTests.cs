using System.Net;
using HelpDesk.Tests.Delivery;
using HelpDesk.Web;
using HelpDesk.Web.Outgoing;
using Microsoft.Extensions.Configuration;

namespace HelpDesk.Tests.Web;

internal sealed class OutgoingGuardTests
{
    [TestCase("0.0.0.0")]
    [TestCase("10.1.2.3")]
    [TestCase("100.64.0.1")]
    [TestCase("100.127.255.255")]
    [TestCase("127.0.0.1")]
    [TestCase("127.255.255.254")]
    [TestCase("169.254.169.254")]
    [TestCase("168.63.129.16")]
    [TestCase("172.16.0.1")]
    [TestCase("172.31.255.255")]
    [TestCase("192.0.0.192")]
    [TestCase("192.168.1.1")]
    [TestCase("198.18.0.1")]
    [TestCase("224.0.0.1")]
    [TestCase("239.255.255.255")]
    [TestCase("255.255.255.255")]
    [TestCase("::")]
    [TestCase("::1")]
    [TestCase("::ffff:10.0.0.1")]
    [TestCase("::ffff:169.254.169.254")]
    [TestCase("::7f00:1")]
    [TestCase("fc00::1")]
    [TestCase("fd00:ec2::254")]
    [TestCase("fe80::1")]
    [TestCase("fec0::1")]
    [TestCase("ff02::1")]
    [TestCase("2001:db8::1")]
    [TestCase("2001::1")]
    [TestCase("64:ff9b::a9fe:a9fe")]
    [TestCase("64:ff9b:1::1")]
    [TestCase("2002:7f00:1::")]
    [TestCase("2002:c0a8:101::1")]
    public void An_address_that_is_not_public_is_refused(string address)
    {
        Assert.That(WebhookDoorTests.Guard(http: true).Refuses(IPAddress.Parse(address), isEncrypted: true), Does.Contain("not on the public internet"));
    }

    [TestCase("1.1.1.1")]
    [TestCase("11.0.0.1")]
    [TestCase("100.128.0.1")]
    [TestCase("172.32.0.1")]
    [TestCase("192.169.0.1")]
    [TestCase("223.255.255.255")]
    [TestCase("::ffff:1.1.1.1")]
    [TestCase("2606:4700::1111")]
    [TestCase("64:ff9b::101:101")]
    [TestCase("2002:101:101::1")]
    public void An_address_on_the_public_internet_is_posted_to(string address) =>
        Assert.That(WebhookDoorTests.Guard().Refuses(IPAddress.Parse(address), isEncrypted: true), Is.Null);

    [TestCase("10.0.0.0/8", "10.1.2.3", null)]
    [TestCase("10.0.0.0/8", "::ffff:10.1.2.3", null)]
    [TestCase("10.0.0.0/8, 192.168.7.1", "192.168.7.1", null)]
    [TestCase("192.168.7.1", "192.168.7.2", "not on the public internet")]
    [TestCase("fd12::/16,::1", "fd12::5", null)]
    [TestCase("fd12::/16,::1", "::1", null)]
    [TestCase("10.0.0.0/8", "1.1.1.1", "plain http")]
    public void Networks_that_are_allowed_are_posted_to_also_over_plain_http(string networks, string address, string? words)
    {
        var refused = WebhookDoorTests.Guard(networks).Refuses(IPAddress.Parse(address), isEncrypted: false);
        Assert.That(refused, words is null ? Is.Null : Does.Contain(words));
    }

    [Test]
    public void Networks_may_be_listed_one_by_one()
    {
        var guard = OutgoingGuard.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Webhooks:AllowedNetworks:0", "10.0.0.0/8"), new("Webhooks:AllowedNetworks:1", "127.0.0.0/8")]).Build());
        Assert.That(guard.Refuses(IPAddress.Loopback, isEncrypted: false), Is.Null);
    }

    [TestCase("10.0.0.0/33")]
    [TestCase("10")]
    [TestCase("intranet")]
    [TestCase("10.0.0.0/8;127.0.0.1")]
    public void A_network_that_cannot_be_is_named(string networks) =>
        Assert.That(() => WebhookDoorTests.Guard(networks), Throws.InstanceOf<WrongConfiguration>().With.Message.Contains("Webhooks:AllowedNetworks").And.Message.Contains("'"));

    [TestCase("https://example.com/hooks?key=1", true)]
    [TestCase("https://bücher.example/", true)]
    [TestCase("https://example.com:8443", true)]
    [TestCase("http://example.com/", true)]
    [TestCase("ftp://example.com/", false)]
    [TestCase("//example.com/", false)]
    [TestCase("example.com", false)]
    [TestCase("https://", false)]
    [TestCase("https://user@example.com/", false)]
    [TestCase("https://user:word@example.com/", false)]
    [TestCase("https://@example.com/", false)]
    [TestCase("https://example.com/@desk", true)]
    [TestCase("https://example.com/a b", false)]
    [TestCase("https://example.com\\@evil.example/", false)]
    [TestCase("https://example.com/\r\nX: y", false)]
    [TestCase("javascript:alert(1)", false)]
    [TestCase("file:///etc/passwd", false)]
    [TestCase("", false)]
    public void An_address_on_the_web_is_absolute_and_has_no_user(string address, bool isOne) => Assert.That(HttpAddress.IsOne(address), Is.EqualTo(isOne));
}
