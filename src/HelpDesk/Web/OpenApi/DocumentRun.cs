using System.Reflection;

namespace HelpDesk.Web.OpenApi;

/// <summary>The build can start the program for its OpenAPI document alone: then there is no database, and nothing may run.</summary>
internal static class DocumentRun
{
    public static bool IsOn { get; } = Assembly.GetEntryAssembly()?.GetName().Name == "GetDocument.Insider";
}
