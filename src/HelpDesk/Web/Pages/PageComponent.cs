using Microsoft.AspNetCore.Components;

namespace HelpDesk.Web.Pages;

/// <summary>A whole page, made of what its handler found out.</summary>
public abstract class PageComponent<TModel> : ComponentBase
{
    [Parameter, EditorRequired]
    public PageFrame Frame { get; set; } = null!;

    [Parameter, EditorRequired]
    public TModel Model { get; set; } = default!;
}
