using Microsoft.AspNetCore.Http.HttpResults;
using OnBehalf.Answers;
using OnBehalf.Checks;
using OnBehalf.Engine;
using OnBehalf.Store.Preferences;
using OnBehalf.Workers;

namespace OnBehalf.Pages.Settings;

/// <summary>What the forms of the settings post: first for a preview, then to be accepted.</summary>
static class SettingsPosts
{
    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapPost("/settings/preview/{part}", PreviewAsync).WithMetadata(new RequireForm());
        site.MapPost("/settings/accept", AcceptAsync).WithMetadata(new RequireForm());
    }

    static async Task<RazorComponentResult<PreviewPage>> PreviewAsync(
        HttpContext http, string part, StoreWatch watch, FactDesk desk, TimeProvider time)
    {
        var form = await ReadAsync(http);
        var view = watch.Current;
        var wanted = SettingsForm.Apply(view.Settings, part, form);
        SettingsText.Check(wanted);
        var changes = desk.Read(store => FigurePreview.Compare(
            store, new RuleBook(wanted, store.Addresses, store.Facts.SendNames().Count > 0), time, http.RequestAborted)
            .ToList(), http.RequestAborted);
        return new(new
        {
            Ask = ScreenAsk.Read(http, view, time),
            Wanted = SettingsText.Print(wanted),
            IsSame = SettingsText.Print(wanted) == SettingsText.Print(view.Settings),
            Changes = (IReadOnlyList<FigureChange>)changes,
        })
        { PreventStreamingRendering = true };
    }

    static async Task<RedirectHttpResult> AcceptAsync(HttpContext http, StoreWatch watch, FactDesk desk)
    {
        var form = await ReadAsync(http);
        if (!long.TryParse(form["version"], out var version)) throw new Mistake("invalid", "version: it is missing.");
        var wanted = SettingsText.Parse(form["settings"].ToString());
        desk.Write(store =>
        {
            store.Settings.Save(wanted, version);
            // Once saved, history is computed to its end, whether or not the reader still waits.
            return Recompute.Run(store, CancellationToken.None);
        });
        watch.Renew();
        return TypedResults.Redirect("/settings?done=1");
    }

    static async Task<IFormCollection> ReadAsync(HttpContext http)
    {
        if (http.Features.Get<Microsoft.AspNetCore.Antiforgery.IAntiforgeryValidationFeature>() is not { IsValid: true })
            throw new Mistake("invalid", "form: it is not one of ours, or older than this program. Open the page again.");
        return await http.Request.ReadFormAsync(http.RequestAborted);
    }

    /// <summary>A form has to carry our own token: a page from elsewhere cannot post here.</summary>
    sealed class RequireForm : Microsoft.AspNetCore.Antiforgery.IAntiforgeryMetadata
    {
        public bool RequiresValidation => true;
    }
}
