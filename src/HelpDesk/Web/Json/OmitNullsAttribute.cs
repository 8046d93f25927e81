using System.Text.Json.Serialization.Metadata;

namespace HelpDesk.Web.Json;

/// <summary>A document that is echoed as it was written: what was left out is left out again, not written as null.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class OmitNullsAttribute : Attribute
{
    public static void Apply(JsonTypeInfo type)
    {
        if (!type.Type.IsDefined(typeof(OmitNullsAttribute), inherit: false)) return;
        foreach (var member in type.Properties) member.ShouldSerialize = static (_, value) => value is not null;
    }
}
