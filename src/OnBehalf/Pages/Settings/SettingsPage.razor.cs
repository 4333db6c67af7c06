using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using OnBehalf.Answers;
using OnBehalf.Checks;
using OnBehalf.Engine;
using OnBehalf.Engine.Queries;
using OnBehalf.Store.Preferences;
using OnBehalf.Workers;

namespace OnBehalf.Pages.Settings;

/// <summary><c>/settings</c>.</summary>
public sealed partial class SettingsPage
{
    /// <summary>The form as it was sent; null: as the settings are.</summary>
    [Parameter]
    public SettingsForm? Sent { get; set; }

    /// <summary>What is wrong with it.</summary>
    [Parameter]
    public string? Fault { get; set; }

    /// <summary>The figures that it would change.</summary>
    [Parameter]
    public IReadOnlyList<(string Mailbox, string Metric, Figure Before, Figure After)>? Preview { get; set; }

    SettingsForm Form { get; set; } = null!; // Made before anything is shown.

    long Version => Ask.View.SettingsVersion;

    protected override void Load() => Form = Sent ?? SettingsForm.Of(Ask.View.Settings);

    /// <summary>A form that was sent: the figures it would change, or the change itself.</summary>
    internal static async Task<IResult> ReceiveAsync(
        [Microsoft.AspNetCore.Mvc.FromForm] IFormCollection form, HttpContext http, StoreWatch watch, FactDesk desk, TimeProvider time)
    {
        var sent = SettingsForm.Of(form);
        var ask = ScreenAsk.Read(http, watch.Current, time);
        try
        {
            var wanted = sent.Apply(ask.View.Settings);
            SettingsText.Check(wanted);
            if (sent["wish"] != "save")
                return Show(ask, sent, null, await Task.Run(() => Compare(desk, wanted, time, http.RequestAborted), http.RequestAborted));
            if (!long.TryParse(sent["version"], out var version)) throw new Mistake("invalid", "The form has no version.");
            await Task.Run(() => Save(desk, wanted, version, http.RequestAborted), http.RequestAborted);
            return TypedResults.Redirect("/settings?done=1");
        }
        catch (Mistake mistake)
        {
            return Show(ask, sent, mistake.Message, null);
        }
    }

    static RazorComponentResult<SettingsPage> Show(
        ScreenAsk ask, SettingsForm sent, string? fault,
        IReadOnlyList<(string Mailbox, string Metric, Figure Before, Figure After)>? preview) =>
        new(new Dictionary<string, object?> { ["Ask"] = ask, ["Sent"] = sent, ["Fault"] = fault, ["Preview"] = preview })
        {
            PreventStreamingRendering = true,
            StatusCode = fault is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };

    static List<(string Mailbox, string Metric, Figure Before, Figure After)> Compare(
        FactDesk desk, Store.Preferences.Settings wanted, TimeProvider time, CancellationToken cancellation) =>
        desk.Read(store => FigurePreview.Compare(store, store.Settings.Rules(wanted), time, cancellation)
            .Where(change => change.Before.Value != change.After.Value).ToList());

    static int Save(FactDesk desk, Store.Preferences.Settings wanted, long version, CancellationToken cancellation) =>
        desk.Write(store =>
        {
            store.Settings.Save(wanted, version);
            return Recompute.Run(store, cancellation);
        });
}
