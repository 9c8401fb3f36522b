using System.Text;
using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Connections;

namespace Wizart.Flow.Web.Tests;

/// <summary>Kinds of connections as providers would describe them.</summary>
internal static class Kinds
{
    public static ConnectionTypes Types() => new ConnectionTypes()
        .Describe("shop", () => new ConnectionKind("shop", "Shop", "A shop that is not there.",
        [
            new("url", SettingType.Url, "Its address.") { Required = true },
            new("token", SettingType.Text, "Who asks.") { Secret = true },
            new("retries", SettingType.Number, "How often."),
            new("mode", SettingType.Choice, "How.") { Default = "fast", Choices = ["fast", "slow"] },
        ])
        {
            Further = ["header."],
            Check = (settings, _) => settings.Find("mode") == "slow"
                ? throw new ConnectionException($"{settings.Require("url")} does not know '{settings.Find("token")}'.")
                : Task.FromResult($"It answers {settings.Require("url")}."),
        })
        .Describe("mute", () => new ConnectionKind("mute", "Mute", "Can't be tried.", []));
}

/// <summary>Connections of a file or the environment.</summary>
internal sealed class GivenConnections : IGivenConnections
{
    public List<KnownConnection> Known { get; } = [];

    public IReadOnlyList<KnownConnection> All() => Known;
}

/// <summary>Turns bytes over, which is no encryption, and tells whose they are.</summary>
internal sealed class PlainCipher : ISettingsCipher
{
    public byte[] Encrypt(string connectionId, byte[] settings) => [.. Encoding.UTF8.GetBytes(connectionId + "\n"), .. settings.Select(b => (byte)~b)];

    public byte[] Decrypt(string connectionId, byte[] encrypted)
    {
        var begin = Encoding.UTF8.GetBytes(connectionId + "\n");
        return encrypted.AsSpan().StartsWith(begin)
            ? [.. encrypted.Skip(begin.Length).Select(b => (byte)~b)]
            : throw new ConnectionException($"'{connectionId}' is encrypted with other keys.");
    }
}
