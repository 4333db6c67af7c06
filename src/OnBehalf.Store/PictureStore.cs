using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OnBehalf.Engine.Setups;

namespace OnBehalf.Store;

/// <summary>What the tenant looked like when somebody last looked: each picture is replaced whole.</summary>
public sealed class PictureStore
{
    readonly MailStore _store;

    internal PictureStore(MailStore store) => _store = store;

    /// <summary>Rights, copies and auditing; null when nobody looked yet.</summary>
    public ExchangePicture? Exchange() => Load("exchange", StoreJson.Default.ExchangePicture);

    /// <summary>Keeps rights, copies and auditing.</summary>
    public void Keep(ExchangePicture picture) =>
        Keep("exchange", picture.TakenAt.ToUnixTimeSeconds(), JsonSerializer.Serialize(picture, StoreJson.Default.ExchangePicture));

    /// <summary>Who is in the directory; null when nobody looked yet.</summary>
    public DirectoryPicture? Directory() => Load("directory", StoreJson.Default.DirectoryPicture);

    /// <summary>Keeps who is in the directory.</summary>
    public void Keep(DirectoryPicture picture) =>
        Keep("directory", picture.TakenAt.ToUnixTimeSeconds(), JsonSerializer.Serialize(picture, StoreJson.Default.DirectoryPicture));

    T? Load<T>(string kind, JsonTypeInfo<T> form) where T : class
    {
        using var statement = _store.Database.Prepare("PictureStore.Load.sql").Bind(1, kind);
        return statement.Step() ? JsonSerializer.Deserialize(statement.Text(0), form) : null;
    }

    void Keep(string kind, long takenAt, string json) => _store.Write(() =>
    {
        using var statement = _store.Database.Prepare("PictureStore.Keep.sql").Bind(1, kind).Bind(2, takenAt).Bind(3, json);
        return statement.Execute();
    });
}
