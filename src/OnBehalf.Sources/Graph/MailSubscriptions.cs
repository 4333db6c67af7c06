using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using OnBehalf.Engine;

namespace OnBehalf.Sources.Graph;

/// <summary>
/// Asks Graph to tell us when mail comes into a mailbox. It only hurries us: what there is, delta says. Needs no more than
/// reading mail does. Source: Graph, "subscription resource type" and "Receive change notifications through webhooks".
/// </summary>
/// <param name="connection">The tenant.</param>
/// <param name="notices">Where notices go: an address that Microsoft can reach by https.</param>
public sealed class MailSubscriptions(TenantConnection connection, Uri notices)
{
    /// <summary>
    /// How long a subscription is asked for: Graph allows 10,080 minutes for messages (2026), and a little less says that
    /// clocks may differ.
    /// </summary>
    public static readonly Duration Life = Duration.FromMinutes(10_000);

    /// <summary>What Graph allowed before, and older clouds may still.</summary>
    static readonly Duration ShortLife = Duration.FromMinutes(4_200);

    /// <summary>Asks for notices of a mailbox. One that is left from before is taken away.</summary>
    /// <param name="account">The mailbox.</param>
    /// <param name="state">The word that is to come with every notice; at most 128 letters.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Its id, and when it ends.</returns>
    /// <exception cref="Mistake">unavailable: Graph cannot reach the address, or refuses. not_found: no such mailbox.</exception>
    public async Task<(string Id, Instant ExpiresAt)> CreateAsync(
        MailAccount account, string state, Instant now, CancellationToken cancellation)
    {
        try
        {
            return await AskAsync(account, state, now, cancellation);
        }
        catch (GraphRefusal refusal)
        {
            throw ToMistake(refusal, account);
        }
    }

    /// <summary>Lets a subscription live on.</summary>
    /// <returns>When it ends now; null when Graph knows it no longer.</returns>
    /// <exception cref="Mistake">unavailable: Graph refuses.</exception>
    public async Task<Instant?> RenewAsync(MailAccount account, string id, Instant now, CancellationToken cancellation)
    {
        for (var life = Life; ; life = ShortLife)
        {
            try
            {
                var json = $$"""{"expirationDateTime":"{{Text(now + life)}}"}""";
                var answer = await JsonAnswer.AskAsync(connection, () => new(HttpMethod.Patch, Of(id))
                {
                    Content = new StringContent(json, Encoding.UTF8, "application/json"),
                }, cancellation);
                return ExpiryOf(answer.Root);
            }
            catch (GraphRefusal refusal) when (refusal.Status == HttpStatusCode.NotFound)
            {
                return null;
            }
            catch (GraphRefusal refusal) when (refusal.Is("ExtensionError") && life != ShortLife)
            {
                // Once more, for less.
            }
            catch (GraphRefusal refusal)
            {
                throw ToMistake(refusal, account);
            }
        }
    }

    async Task<(string Id, Instant ExpiresAt)> AskAsync(
        MailAccount account, string state, Instant now, CancellationToken cancellation)
    {
        var (life, hasCleared) = (Life, false);
        while (true)
        {
            try
            {
                var wanted = new SubscriptionWish
                {
                    ChangeType = "created", NotificationUrl = notices.AbsoluteUri, LifecycleNotificationUrl = notices.AbsoluteUri,
                    Resource = ResourceOf(account), Expires = Text(now + life), ClientState = state,
                };
                var answer = await JsonAnswer.PostAsync(connection, Root,
                    JsonSerializer.Serialize(wanted, SubscriptionJson.Default.SubscriptionWish), cancellation);
                return (TextOf(answer.Root, "id"), ExpiryOf(answer.Root));
            }
            catch (GraphRefusal refusal) when (refusal.Status == HttpStatusCode.Conflict && !hasCleared)
            {
                await ClearAsync(ResourceOf(account), cancellation);
                hasCleared = true;
            }
            catch (GraphRefusal refusal) when (refusal.Is("ExtensionError") && life != ShortLife)
            {
                life = ShortLife;
            }
        }
    }

    Uri Root => new(connection.Graph, "subscriptions");

    Uri Of(string id) => new(connection.Graph, "subscriptions/" + Uri.EscapeDataString(id));

    static string ResourceOf(MailAccount account) =>
        account.IsAgent ? $"users/{account.Id}/mailFolders('sentitems')/messages" : $"users/{account.Id}/messages";

    // A store that was lost left its subscriptions behind, with words that nobody knows any longer.
    async Task ClearAsync(string resource, CancellationToken cancellation)
    {
        var next = Root;
        for (var pages = 0; pages < GraphLimits.EmptyPagesInRow; pages++)
        {
            var page = await JsonAnswer.GetAsync(connection, next, cancellation);
            foreach (var row in page.Rows.Where(row => row.ValueKind == JsonValueKind.Object
                && TextOf(row, "resource").Equals(resource, StringComparison.OrdinalIgnoreCase)))
                await DeleteAsync(TextOf(row, "id"), cancellation);
            if (page.NextLink is not { } link) return;
            next = JsonAnswer.Follow(next, link);
        }
    }

    async Task DeleteAsync(string id, CancellationToken cancellation)
    {
        try
        {
            await JsonAnswer.AskAsync(connection, () => new(HttpMethod.Delete, Of(id)), cancellation);
        }
        catch (GraphRefusal refusal) when (refusal.Status == HttpStatusCode.NotFound)
        {
            // It has just run out.
        }
    }

    Mistake ToMistake(GraphRefusal refusal, MailAccount account) => refusal.Is("ValidationError")
        || refusal.Message.Contains("validation request failed", StringComparison.OrdinalIgnoreCase)
            ? new("unavailable", $"Graph could not reach {notices} from outside: {refusal.Message} Check that the address is "
                + "public, has a valid certificate, and is passed on to this program. Mail is polled meanwhile.")
            : GraphRemedies.ToMistake(refusal, account.Address);

    static string TextOf(JsonElement row, string name) => row.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String ? value.GetString()! : ""; // a string

    static Instant ExpiryOf(JsonElement row) => DateTimeOffset.TryParse(
        TextOf(row, "expirationDateTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var end)
            ? Instant.FromDateTimeOffset(end)
            : throw new GraphRefusal(0, "MalformedPage", "A subscription does not say when it ends.");

    static string Text(Instant instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>What is asked for; names as Graph spells them.</summary>
sealed record SubscriptionWish
{
    [JsonPropertyName("changeType")] public required string ChangeType { get; init; }
    [JsonPropertyName("notificationUrl")] public required string NotificationUrl { get; init; }
    [JsonPropertyName("lifecycleNotificationUrl")] public required string LifecycleNotificationUrl { get; init; }
    [JsonPropertyName("resource")] public required string Resource { get; init; }
    [JsonPropertyName("expirationDateTime")] public required string Expires { get; init; }
    [JsonPropertyName("clientState")] public required string ClientState { get; init; }
}

[JsonSerializable(typeof(SubscriptionWish))]
sealed partial class SubscriptionJson : JsonSerializerContext;
