namespace HelpDesk.Tests.Delivery;

public sealed class SmtpAddressTests : SmtpFixture
{
    [TestCase("a@b.example> SIZE=1\r\nRCPT TO:<eve@example.org")]
    [TestCase("not an address")]
    [TestCase("a@b.example, eve@example.org")]
    [TestCase("")]
    public async Task What_is_no_address_is_never_said_to_the_server(string recipient)
    {
        var id = await Queue(Message(recipient));
        await Run();
        Assert.That((await StateOf(id), Sink.Connections), Is.EqualTo(("dead", 0)));
        Assert.That(await ErrorOf(id), Does.EndWith("is not an e-mail address."));
    }

    [TestCase("pelle@exämple.org", "pelle@xn--exmple-cua.org")]
    [TestCase("pelléo@example.org", "pelléo@example.org")]
    public async Task Addresses_outside_ASCII_reach_their_mailbox(string recipient, string said)
    {
        await Queue(Message(recipient));
        await Run();
        Assert.That(Sink.Mails.Single().To, Is.EqualTo(new[] { said }));
    }

    [TestCase("pelle@exämple.org", "sent")]
    [TestCase("pelléo@example.org", "dead")]
    public async Task A_server_without_SMTPUTF8_gets_what_it_can_take(string recipient, string state)
    {
        await Restart(new() { TakesAddressesOutsideAscii = false });
        var id = await Queue(Message(recipient));
        await Run();
        Assert.That(await StateOf(id), Is.EqualTo(state));
        Assert.That(await ErrorOf(id), state == "sent" ? Is.Null : Is.EqualTo($"The mail server 127.0.0.1:{Sink.Port} takes no addresses outside ASCII (it offers no SMTPUTF8)."));
    }
}
