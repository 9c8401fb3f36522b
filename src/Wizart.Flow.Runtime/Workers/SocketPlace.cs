using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Wizart.Flow.Runtime.Workers;

/// <summary>The folder where a pool's socket and its workers' outboxes lie.</summary>
internal sealed class SocketPlace : IDisposable
{
    // sockaddr_un takes 108 bytes on Linux and 104 on macOS, the closing zero included.
    private const int LongestPath = 103;
    private readonly bool _isOwn;
    private readonly string _directory;

    public SocketPlace(string wanted)
    {
        _directory = wanted.Length == 0 ? "" : Path.GetFullPath(wanted);
        SocketPath = PathIn(_directory);
        _isOwn = wanted.Length == 0 || Encoding.UTF8.GetByteCount(SocketPath) > LongestPath;
        if (_isOwn)
        {
            _directory = Directory.CreateTempSubdirectory("wizart-flow-").FullName; // made for its owner only
            SocketPath = PathIn(_directory);
            return;
        }

        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(_directory);
        else Directory.CreateDirectory(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        RemoveLeftovers();
    }

    public string SocketPath { get; }

    public string NewOutboxPath() => Path.Combine(_directory, Path.GetRandomFileName() + ".out");

    public void Dispose()
    {
        File.Delete(SocketPath);
        if (_isOwn) Directory.Delete(_directory, recursive: true);
    }

    private static string PathIn(string directory) => Path.Combine(
        directory,
        string.Create(CultureInfo.InvariantCulture, $"workers-{Environment.ProcessId}-{Path.GetRandomFileName()[..4]}.sock"));

    // A pool whose process was killed leaves its socket's file; nobody listens there any more.
    private void RemoveLeftovers()
    {
        foreach (var path in Directory.EnumerateFiles(_directory, "workers-*.sock"))
        {
            var owner = Path.GetFileName(path).Split('-')[1];
            if (int.TryParse(owner, CultureInfo.InvariantCulture, out var id) && !IsAlive(id)) File.Delete(path);
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
