using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using HelpDesk.Access;
using HelpDesk.Tests.Support;
using HelpDesk.Web;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;

// ASP0029: the validation API for callers is still marked experimental.
#pragma warning disable ASP0029

namespace HelpDesk.Tests.Web;

/// <summary>What holds for every endpoint there is, now and later.</summary>
internal sealed class EndpointTests
{
    private TestDesk desk = null!;

    [OneTimeSetUp]
    public void Start() => desk = TestDesk.Start();

    [OneTimeTearDown]
    public void Stop() => desk.Dispose();

    private IEnumerable<RouteEndpoint> Endpoints => desk.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        // Answers of the router itself (405), made while it builds its table.
        .Where(endpoint => endpoint.RoutePattern.RawText is not null);

    [Test]
    public void Every_endpoint_asks_for_a_scope_or_is_public_by_its_own_word()
    {
        var neither = Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<RequiredScope>() is null == endpoint.Metadata.GetMetadata<PublicEndpoint>() is null)
            .Select(endpoint => endpoint.DisplayName);
        Assert.That(Endpoints, Is.Not.Empty);
        Assert.That(neither, Is.Empty);
    }

    [Test]
    public async Task The_address_alone_leads_to_Swagger()
    {
        using var desk = TestDesk.Start(kestrel: true);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = desk.Anonymous.BaseAddress };
        var answer = await browser.GetAsync("/");
        Assert.That((answer.StatusCode, answer.Headers.Location?.ToString()), Is.EqualTo((HttpStatusCode.Redirect, "/swagger")));
    }

    [Test]
    public async Task Every_endpoint_that_asks_for_a_scope_refuses_every_other_scope_and_none()
    {
        var holders = new Dictionary<string, HttpClient>();
        foreach (var scope in Scopes.All) holders[scope] = await Holder(scope);
        using (Assert.EnterMultipleScope())
        {
            foreach (var endpoint in Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<RequiredScope>() is not null))
            {
                var needed = endpoint.Metadata.OfType<RequiredScope>().Select(required => required.Scope).ToList();
                Assert.That(await Ask(desk.Anonymous, endpoint), Is.EqualTo(HttpStatusCode.Unauthorized), $"{endpoint.DisplayName} without a key");
                foreach (var (scope, holder) in holders)
                {
                    var status = await Ask(holder, endpoint);
                    if (needed is [var one] && scope == one || scope == Scopes.Admin) Assert.That(status, Is.Not.EqualTo(HttpStatusCode.Forbidden), $"{endpoint.DisplayName} with {scope}");
                    else Assert.That(status, Is.EqualTo(HttpStatusCode.Forbidden), $"{endpoint.DisplayName} with {scope}");
                }

                if (needed.Count > 1) Assert.That(await Ask(await Holder([.. needed]), endpoint), Is.Not.EqualTo(HttpStatusCode.Forbidden), $"{endpoint.DisplayName} with all it asks for");
            }
        }
    }

    private async Task<HttpClient> Holder(params string[] scopes) =>
        desk.With((string)(await desk.Admin.Post("/v1/api-keys", $$"""{ "name": "holder", "scopes": ["{{string.Join("\",\"", scopes)}}"] }""").Json(HttpStatusCode.Created))["key"]!);

    /// <summary>With ids of nothing, and a body that is read by nobody who is refused.</summary>
    private static async Task<HttpStatusCode> Ask(HttpClient caller, RouteEndpoint endpoint)
    {
        var address = string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Part))));
        var method = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0];
        var type = endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { ContentTypes: [var first, ..] } ? first : "application/json";
        using var request = new HttpRequestMessage(new(method), "/" + address);
        if (method != "GET") request.Content = new StringContent("{}", new MediaTypeHeaderValue(type));
        // Of a stream only the beginning.
        using var answer = await caller.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }

    private static string Part(RoutePatternPart part) => part switch
    {
        RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content == "guid") => "00000000-0000-7000-8000-000000000000",
        RoutePatternParameterPart => "999999",
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        _ => throw new NotSupportedException($"{part.PartKind}"),
    };

    [Test]
    public void Every_request_type_is_public_and_its_rules_are_enforced()
    {
        var validation = desk.Services.GetRequiredService<IOptions<ValidationOptions>>().Value;
        var bodies = Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType).OfType<Type>().Distinct().ToList();
        Assert.That(bodies, Is.Not.Empty);
        using (Assert.EnterMultipleScope())
        {
            foreach (var type in bodies.SelectMany(Documents).Distinct())
            {
                Assert.That(type.IsPublic || type.IsNestedPublic, Is.True, $"{type} is not public: AddValidation would skip it");
                if (HasRules(type)) Assert.That(validation.TryGetValidatableTypeInfo(type, out _), Is.True, $"{type} has rules that nothing enforces");
            }
        }
    }

    [Test]
    public void Every_use_case_has_a_name_of_its_own()
    {
        var names = Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<MethodInfo>()).OfType<MethodInfo>().GroupBy(handler => $"{handler.DeclaringType}.{handler.Name}");
        Assert.That(names.Where(name => name.Count() > 1).Select(name => name.Key).Where(name => !name.Contains('<', StringComparison.Ordinal)), Is.Empty);
    }

    /// <summary>A body's type and those of ours inside it.</summary>
    private static IEnumerable<Type> Documents(Type type) => Documents(type, []);

    private static IEnumerable<Type> Documents(Type type, HashSet<Type> seen)
    {
        if (type.IsGenericType && (typeof(IEnumerable).IsAssignableFrom(type) || type.Namespace == typeof(Optional<>).Namespace || type.Namespace == "System"))
        {
            return type.GetGenericArguments().SelectMany(argument => Documents(argument, seen));
        }
        if (type.IsArray) return Documents(type.GetElementType()!, seen);
        if (type.Namespace?.StartsWith("HelpDesk", StringComparison.Ordinal) != true || type.IsEnum || !seen.Add(type)) return [];
        return type.GetProperties().SelectMany(property => Documents(property.PropertyType, seen)).Prepend(type);
    }

    private static bool HasRules(Type type) =>
        type.IsDefined(typeof(ValidationAttribute)) || typeof(IValidatableObject).IsAssignableFrom(type)
        || type.GetProperties().Any(property => property.IsDefined(typeof(ValidationAttribute)))
        || type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Any(parameter => parameter.IsDefined(typeof(ValidationAttribute)));
}
