using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace HelpDesk.Web;

/// <summary>What ASP.NET Core ends a start with, where it is the operator's to mend or no failure at all.</summary>
internal static class StartFailure
{
    /// <exception cref="WrongConfiguration">A file of the configuration cannot be read.</exception>
    public static WebApplicationBuilder Read(WebApplicationOptions options)
    {
        try
        {
            return WebApplication.CreateBuilder(options);
        }
        catch (InvalidDataException error)
        {
            throw new WrongConfiguration($"{error.Message} {error.GetBaseException().Message}", error);
        }
    }

    /// <exception cref="WrongConfiguration">It cannot listen where it is told to.</exception>
    public static async Task Serve(WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Told to end before it had begun to listen.
        }
        catch (Exception error) when (error.GetBaseException() is AddressInUseException or SocketException { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable or SocketError.AddressAlreadyInUse })
        {
            throw new WrongConfiguration($"ASPNETCORE_URLS has an address that cannot be listened on: {error.Message}", error);
        }
    }
}
