using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;

// ASP0029: the validation API for callers is still marked experimental; a test holds what is used of it.
#pragma warning disable ASP0029

namespace HelpDesk.Web;

/// <summary>The attributes' rules, for documents that do not arrive as a whole (a merged patch).</summary>
internal static class Validation
{
    public static async Task Check<T>(T document, HttpContext http)
        where T : class
    {
        var options = http.RequestServices.GetRequiredService<IOptions<ValidationOptions>>().Value;
        if (!options.TryGetValidatableTypeInfo(typeof(T), out var type)) return;
        var context = new ValidateContext
        {
            ValidationOptions = options,
            ValidationContext = new ValidationContext(document, http.RequestServices, null),
        };
        await type.ValidateAsync(document, context, http.RequestAborted);
        if (context.ValidationErrors is { Count: > 0 } errors) throw Refusal.Invalid(MemberPaths.Of(errors));
    }
}
