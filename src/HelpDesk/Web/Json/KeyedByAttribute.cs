namespace HelpDesk.Web.Json;

/// <summary>What the keys of a dictionary of a document are. Whoever reads the document refuses other keys itself; a merge patch that removes one leaves it nothing to read.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class KeyedByAttribute : Attribute
{
    /// <summary>The rule that the key breaks, or null.</summary>
    public abstract string? Broken(string key);
}
