using System.Text.Json;
using System.Text.Json.Nodes;
using HelpDesk.Web.Json;
using HelpDesk.Web.Problems;

namespace HelpDesk.Web;

/// <summary>
/// The body of a PATCH (RFC 7386) to a resource that is created from <typeparamref name="T"/>: members left out stay, null removes, objects are merged
/// member by member, arrays are replaced. The outcome is read and validated like a POST of it, so both refuse the same things in the same words.
/// </summary>
public sealed class MergePatch<T>
    where T : class
{
    private readonly JsonObject patch;

    internal MergePatch(JsonObject patch) => this.patch = patch;

    /// <summary>Members of the patch's first level.</summary>
    internal bool Mentions(string member) => patch.ContainsKey(member);

    internal async Task<T> ApplyTo(T current, HttpContext http)
    {
        var outcome = Read(JsonSerializer.SerializeToNode(current, JsonConventions.Options));
        BodyWalk.Refuse(outcome);
        await Validation.Check(outcome, http);
        return outcome;
    }

    private T Read(JsonNode? current)
    {
        PatchRemovals.Check(patch, current, typeof(T));
        try
        {
            return Merge(current, patch).Deserialize<T>(JsonConventions.Options)!;
        }
        catch (InvalidOperationException)
        {
            throw HalfCharacters.Refuse(patch);
        }
        catch (JsonException error)
        {
            throw JsonProblem.From(error);
        }
    }

    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes) return patch?.DeepClone();
        var merged = target is JsonObject existing ? (JsonObject)existing.DeepClone() : [];
        foreach (var (member, value) in changes)
        {
            if (value is null) merged.Remove(member);
            else merged[member] = Merge(merged[member], value);
        }
        return merged;
    }
}
