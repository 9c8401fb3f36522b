using System.Text.Json;
using System.Text.Json.Serialization;
using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Engine.Connections;

/// <summary>The connections of the database, with their settings decrypted.</summary>
public sealed partial class StoredSettings(IFlowStore store, ISettingsCipher cipher)
{
    /// <summary>One; null when there is none.</summary>
    /// <exception cref="ConnectionException">It can't be decrypted.</exception>
    public async ValueTask<ConnectionSettings?> FindAsync(string id, CancellationToken cancellation) =>
        await store.ConnectionAsync(id, cancellation) is { } stored ? Read(stored) : null;

    /// <summary>All, by id; those that can't be decrypted say why.</summary>
    public async Task<IReadOnlyList<KnownConnection>> AllAsync(CancellationToken cancellation) =>
        [.. (await store.ConnectionsAsync(cancellation)).Select(Known)];

    /// <summary>The settings of a stored connection.</summary>
    /// <exception cref="ConnectionException">They can't be decrypted.</exception>
    internal ConnectionSettings Read(StoredConnection stored)
    {
        var values = JsonSerializer.Deserialize(cipher.Decrypt(stored.Id, stored.Settings), SettingsJson.Default.DictionaryStringString);
        return new ConnectionSettings(stored.Id, stored.Type, values ?? []);
    }

    internal byte[] Write(ConnectionSettings settings) => cipher.Encrypt(
        settings.Id, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string>(settings.Values), SettingsJson.Default.DictionaryStringString));

    internal KnownConnection Known(StoredConnection stored)
    {
        var known = new KnownConnection(stored.Id, stored.Type, ConnectionOrigin.Database, null)
        {
            Description = stored.Description,
            UpdatedAt = stored.UpdatedAt,
        };
        try
        {
            return known with { Settings = Read(stored) };
        }
        catch (ConnectionException unreadable)
        {
            return known with { Problem = unreadable.Message };
        }
    }

    [JsonSerializable(typeof(Dictionary<string, string>))]
    private sealed partial class SettingsJson : JsonSerializerContext;
}
