using HelpDesk.Access.Oidc;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace HelpDesk.Access;

internal static class AccessSetup
{
    public static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration, bool signs)
    {
        services.AddSingleton(RateLimitOptions.Read(configuration));
        services.AddSingleton<CallerLimit>();
        services.AddSingleton<GuessLimit>();
        services.AddSingleton<AdminKey>();
        // Read here, so that a bad key, or no place for one, stops the start.
        services.AddSingleton(DeskKey.Read(configuration, signs));
        services.AddSingleton<WebhookSecrets>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<KeyUse>();
        services.AddSingleton<AgentBook>();
        services.AddSingleton<Doorkeeper>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<EndedSessions>();
        if (OidcOptions.Read(configuration) is { } issuer) services.AddIssuer(issuer);
        // AddAuthentication would bring data protection along, which keeps a key ring on disk for cookies that the desk does not have.
        services.AddAuthenticationCore(options => options.DefaultScheme = Caller.Scheme);
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<AuthenticationSchemeOptions, BearerHandler>(Caller.Scheme, null);
        services.AddAuthorization();
        services.AddSingleton<IAuthorizationHandler, RequiredScopeHandler>();
        return services;
    }

    private static void AddIssuer(this IServiceCollection services, OidcOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<TokenReader>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<IssuerKeys>(provider, Asking()));
        if (options.SignIn is null) return;
        services.AddSingleton<SignInAttempts>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<IssuerSignIn>(provider, Asking()));
    }

    /// <summary>Asks the issuer: not for long, and nobody whom it sends on to.</summary>
    private static HttpClient Asking() => new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
    {
        Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = 1024 * 1024,
    };

    public static WebApplication UseAccess(this WebApplication app)
    {
        // Made here and not at the first request: a bad Access:AdminKey stops the start.
        app.Services.GetRequiredService<AdminKey>();
        app.UseAuthentication();
        app.Use(async (http, next) =>
        {
            Caller.Enter(http);
            await next(http);
        });
        app.Use(app.Services.GetRequiredService<CallerLimit>().Apply);
        app.UseAuthorization();
        return app;
    }
}
