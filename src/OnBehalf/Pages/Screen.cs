using Microsoft.AspNetCore.Components;

namespace OnBehalf.Pages;

/// <summary>What every screen has: what it is asked. It asks once, when it is told; its pieces only show.</summary>
public class Screen : ComponentBase
{
    /// <summary>What it is asked.</summary>
    [Parameter, EditorRequired]
    public required ScreenAsk Ask { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet() => Load();

    /// <summary>Asks for what is shown.</summary>
    protected virtual void Load()
    {
    }
}
