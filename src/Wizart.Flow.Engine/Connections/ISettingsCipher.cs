namespace Wizart.Flow.Engine.Connections;

/// <summary>Encrypts what is stored of connections.</summary>
public interface ISettingsCipher
{
    /// <summary>Encrypts the settings of a connection; only the same connection's can be read back.</summary>
    byte[] Encrypt(string connectionId, byte[] settings);

    /// <summary>Reads them back.</summary>
    /// <exception cref="Wizart.Flow.Connections.ConnectionException">They were encrypted with keys that are not here; the message says what to do.</exception>
    byte[] Decrypt(string connectionId, byte[] encrypted);
}
