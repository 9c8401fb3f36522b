using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Wizart.Flow.Connections;
using Wizart.Flow.Engine.Connections;

namespace Wizart.Flow.Host.Connections;

/// <summary>Encrypts with ASP.NET Data Protection; the keys are files that only their owner can read. Opened with the first use.</summary>
/// <param name="directory">The folder of the keys.</param>
internal sealed class SettingsCipher(string directory) : ISettingsCipher
{
    private const string Product = "Wizart.Flow";
    private const string Purpose = "Wizart.Flow.Connections.v1";
    private readonly Lazy<IDataProtector> _protector = new(() => Open(directory));

    public byte[] Encrypt(string connectionId, byte[] settings) => _protector.Value.CreateProtector(connectionId).Protect(settings);

    public byte[] Decrypt(string connectionId, byte[] encrypted)
    {
        try
        {
            return _protector.Value.CreateProtector(connectionId).Unprotect(encrypted);
        }
        catch (CryptographicException error)
        {
            throw new ConnectionException(
                $"Connection '{connectionId}' was encrypted with keys that are not in {directory}. Copy them from where it was stored, or store the connection again.", error);
        }
    }

    private static IDataProtector Open(string directory)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return DataProtectionProvider.Create(new DirectoryInfo(directory), protection => protection.SetApplicationName(Product)).CreateProtector(Purpose);
    }
}
