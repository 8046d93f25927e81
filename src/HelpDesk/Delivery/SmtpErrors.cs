using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace HelpDesk.Delivery;

/// <summary>What an SMTP server's refusals and silences mean for the mail they met.</summary>
internal static class SmtpErrors
{
    /// <summary>Whether the server ended the conversation, or is about to.</summary>
    public static bool IsHangUp(Exception error) => error switch
    {
        SmtpCommandException command => command.StatusCode == SmtpStatusCode.ServiceNotAvailable,
        SmtpProtocolException or ServiceNotConnectedException or IOException or SocketException => true,
        _ => false,
    };

    /// <summary>The error as the desk knows it.</summary>
    public static Exception Told(Exception error, string server, bool hasBegun) => error switch
    {
        MailRefused => error,
        SmtpCommandException { StatusCode: SmtpStatusCode.ServiceNotAvailable } command when !hasBegun => new HostAway($"421 {command.Message}", error),
        SmtpCommandException command => new MailRefused($"{(int)command.StatusCode} {command.Message}", (int)command.StatusCode >= 500 && IsOfThisMail(command)),
        // Passwords and permissions are the configuration's matter, and can be mended.
        ServiceNotAuthenticatedException => new MailRefused($"530 {error.Message}", isPermanent: false),
        AuthenticationException { InnerException: SmtpCommandException said } => new MailRefused($"{(int)said.StatusCode} {said.Message}", isPermanent: false),
        AuthenticationException => new MailRefused(error.Message, isPermanent: false),
        NotSupportedException when error.Message.Contains("authentication", StringComparison.Ordinal) => new MailRefused($"The mail server {server} can authenticate nobody by a password.", isPermanent: false),
        NotSupportedException => new IOException($"The mail server {server} cannot do what the configuration demands of it: {error.Message}", error),
        SslHandshakeException => new HostAway($"No encrypted connection to the mail server {server}: {error.InnerException?.Message ?? error.Message}", error),
        SocketException => new HostAway($"The mail server {server} cannot be reached: {error.Message}", error),
        SmtpProtocolException or ServiceNotConnectedException when hasBegun => new IOException($"The mail server {server} hung up in the middle of the mail.", error),
        SmtpProtocolException or ServiceNotConnectedException => new HostAway($"The mail server {server} hung up.", error),
        IOException when !hasBegun => new HostAway(error.Message, error),
        _ => new IOException(error.Message, error),
    };

    // Dead at once is only what was refused for its recipient or its content. Before them it may be the server or the configuration, and
    // pass. So may 5.7 to a recipient, which is about who may send.
    private static bool IsOfThisMail(SmtpCommandException error) => error.ErrorCode switch
    {
        SmtpErrorCode.RecipientNotAccepted => !$" {error.Message}".Contains(" 5.7.", StringComparison.Ordinal),
        SmtpErrorCode.MessageNotAccepted => true,
        _ => false,
    };
}
