using System.Security.Cryptography;
using System.Text.Json;

namespace Wizart.Flow.Host.Daemon;

/// <summary>What a running daemon writes into its state folder, so that the command line finds it and may speak to it.</summary>
/// <param name="Url">Where the API listens.</param>
/// <param name="Token">What the API asks for. The file is readable by its owner only.</param>
/// <param name="Pid">The daemon's process.</param>
public sealed record DaemonFile(string Url, string Token, int Pid)
{
    /// <summary>The file's name in the state folder.</summary>
    public const string Name = "daemon.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The file of a state folder; null when there is none or it can't be read.</summary>
    public static DaemonFile? Find(string stateDirectory)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(stateDirectory, Name));
            return JsonSerializer.Deserialize<DaemonFile>(file, Json);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>A token that nobody guesses: 256 bits.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Writes the file whole, for its owner's eyes only.</summary>
    public void Write(string stateDirectory)
    {
        var path = Path.Combine(stateDirectory, Name);
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options)) JsonSerializer.Serialize(file, this, Json);
        File.Move(draft, path, overwrite: true);
    }

    /// <summary>Removes the file when the daemon stops.</summary>
    public static void Remove(string stateDirectory) => File.Delete(Path.Combine(stateDirectory, Name));
}
