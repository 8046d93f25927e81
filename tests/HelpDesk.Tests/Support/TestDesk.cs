using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace HelpDesk.Tests.Support;

/// <summary>A whole desk in the test's process, on a database of its own. Background jobs are off unless a test asks for them.</summary>
internal sealed class TestDesk : IDisposable
{
    public const string AdminKey = "the-admin-key-of-the-tests-0123456789";

    public const string SigningKey = "the-signing-key-of-the-tests-0123456789";

    private readonly Factory factory;
    private readonly TestDatabase? own;

    private TestDesk(Factory factory, TestDatabase? own)
    {
        this.factory = factory;
        this.own = own;
        Admin = With(AdminKey);
        Anonymous = factory.CreateClient();
        Unfollowing = factory.CreateClient(new() { AllowAutoRedirect = false });
    }

    /// <summary>Asks with the admin key.</summary>
    public HttpClient Admin { get; }

    public HttpClient Anonymous { get; }

    /// <summary>Anonymous, and does not go where it is sent on to.</summary>
    public HttpClient Unfollowing { get; }

    public IServiceProvider Services => factory.Services;

    /// <param name="settings">Configuration on top of the tests' own.</param>
    /// <param name="machine">The machine's clock.</param>
    /// <param name="services">Stand-ins for doors to the world.</param>
    /// <param name="database">To share between desks; a new one otherwise.</param>
    /// <param name="kestrel">Listen on a real port: limits and sockets are Kestrel's.</param>
    public static TestDesk Start(
        IEnumerable<(string Key, string Value)>? settings = null, TimeProvider? machine = null, Action<IServiceCollection>? services = null,
        TestDatabase? database = null, bool kestrel = false)
    {
        var own = database is null ? TestDatabase.Create() : null;
        var factory = new Factory(
            [("ConnectionStrings:HelpDesk", (database ?? own!).ConnectionString), ("Access:AdminKey", AdminKey), ("Desk:SigningKey", SigningKey), ("Jobs:Enabled", "false"), ("RateLimits:PerMinute", "1000000"), .. settings ?? []],
            all =>
            {
                if (machine is not null) all.Replace(ServiceDescriptor.Singleton(machine));
                services?.Invoke(all);
            });
        if (kestrel) factory.UseKestrel(0);
        return new(factory, own);
    }

    public HttpClient With(string key)
    {
        var client = factory.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>Follows no redirects and keeps no cookies: the test does.</summary>
    public HttpClient Browser() => factory.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });

    public void Dispose()
    {
        factory.Dispose();
        own?.Dispose();
    }

    private sealed class Factory(IEnumerable<(string Key, string Value)> settings, Action<IServiceCollection> services) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Test");
            builder.UseSetting("Logging:Console:LogLevel:Default", "None");
            foreach (var (key, value) in settings) builder.UseSetting(key, value);
            builder.ConfigureTestServices(all =>
            {
                // What a test started is over within seconds, or is not worth waiting for.
                all.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
                // It looks at the whole process, in which other tests run.
                all.Remove(all.Single(service => service.ImplementationType == typeof(HelpDesk.Web.IdleMemory)));
                services(all);
            });
        }
    }
}

internal static class Requests
{
    /// <summary>Sends JSON exactly as it stands.</summary>
    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, string json) => client.Send(HttpMethod.Post, path, json);

    public static Task<HttpResponseMessage> Send(
        this HttpClient client, HttpMethod method, string path, string? json = null, string type = "application/json", params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            if (type.IndexOf(';') < 0) request.Content.Headers.ContentType.CharSet = "utf-8";
        }

        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return client.SendAsync(request);
    }
}
