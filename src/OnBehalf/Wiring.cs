using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.ResponseCompression;
using OnBehalf.Answers;
using OnBehalf.Api;
using OnBehalf.Engine;
using OnBehalf.Pages;

namespace OnBehalf;

/// <summary>The composition root: everything that serves, in the order in which a request meets it.</summary>
static class Wiring
{
    /// <summary>Bytes of a form: settings of thousands of mailboxes are smaller.</summary>
    const long BodyLimit = 4 * 1024 * 1024;

    /// <summary>Builds the site.</summary>
    /// <param name="path">The store.</param>
    /// <param name="port">The port on loopback; 0 takes a free one.</param>
    /// <param name="time">The clock.</param>
    public static WebApplication Build(string path, int port, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = typeof(Wiring).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = BodyLimit;
            server.Listen(IPAddress.Loopback, port);
        });
        builder.Logging.AddSimpleConsole(line => line.SingleLine = true)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .SetMinimumLevel(LogLevel.Warning);
        AddServices(builder.Services, path, time);
        var site = builder.Build();
        Use(site);
        return site;
    }

    static void AddServices(IServiceCollection services, string path, TimeProvider time)
    {
        services.AddSingleton(time);
        services.AddSingleton(_ => new FactDesk(path, time));
        services.AddSingleton<Turns>();
        services.AddSingleton<StoreWatch>(provider => new(
            provider.GetRequiredService<FactDesk>(), time, provider.GetRequiredService<ILogger<StoreWatch>>()));
        services.AddHostedService(provider => provider.GetRequiredService<StoreWatch>());
        services.AddRouting();
        services.AddRazorComponents();
        // A form that was open while the program was restarted is asked for again; no key is left on the disk.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(forms => forms.Cookie = new() { Name = "onbehalf-form", HttpOnly = true, SameSite = SameSiteMode.Strict });
        services.AddHostFiltering(hosts => hosts.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"]);
        services.AddResponseCompression(compression =>
        {
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml", "text/csv", "application/jsonl",
                "application/problem+json"];
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }

    static void Use(WebApplication site)
    {
        site.UseHostFiltering();
        site.Use(Headers.AddAsync);
        site.UseResponseCompression();
        site.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = Faults.ShowAsync,
            // A person's mistake is told to that person; the log is for what is broken.
            SuppressDiagnosticsCallback = fault => fault.Exception is Mistake or OperationCanceledException,
        });
        // Where nobody answers, people and programs are told so as of any other fault.
        site.UseStatusCodePages(context => Faults.ShowAsync(context.HttpContext));
        site.UseRouting();
        site.UseAntiforgery();
        var api = site.MapGroup("/api/v1");
        MetricsApi.Map(api);
        RowsApi.Map(api);
        ConversationsApi.Map(api);
        ListsApi.Map(api);
        LiveApi.Map(api);
        OpenApi.Map(site);
        SiteFiles.Map(site);
        Screens.Map(site);
    }
}
