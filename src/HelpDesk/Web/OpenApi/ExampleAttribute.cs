namespace HelpDesk.Web.OpenApi;

/// <summary>An example of a request, answer or member for the OpenAPI document: JSON, or plain text for a string.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ExampleAttribute(string json) : Attribute
{
    public string Json { get; } = json;
}

/// <summary>An example of a merge patch to what is defined here.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PatchExampleAttribute(string json) : Attribute
{
    public string Json { get; } = json;
}
