using System.Reflection;

namespace HelpDesk.Web.Settings;

/// <summary>Every setting that is declared anywhere in the desk: nobody has to remember to add one to a list.</summary>
internal static class Reference
{
    public static IReadOnlyList<Setting> All { get; } =
    [
        .. typeof(Setting).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .SelectMany(Declared).DistinctBy(setting => setting.Key).OrderBy(setting => setting.Name, StringComparer.Ordinal),
    ];

    private static IEnumerable<Setting> Declared(FieldInfo field) =>
        typeof(Setting).IsAssignableFrom(field.FieldType) ? [(Setting)field.GetValue(null)!]
        : typeof(IEnumerable<Setting>).IsAssignableFrom(field.FieldType) && !field.Name.StartsWith('<') ? (IEnumerable<Setting>)field.GetValue(null)!
        : [];
}
