namespace HelpDesk.Idempotency;

internal static class IdempotencySetup
{
    public static IServiceCollection AddIdempotency(this IServiceCollection services) => services.AddSingleton<ForgetOldKeys>();

    /// <summary>After access is granted: whoever may not do a thing is not told what came of it the last time.</summary>
    public static WebApplication UseIdempotency(this WebApplication app)
    {
        app.UseMiddleware<IdempotentPosts>();
        return app;
    }
}
