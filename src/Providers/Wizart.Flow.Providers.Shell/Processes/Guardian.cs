using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Wizart.Flow.Providers.Shell.Processes;

/// <summary>
/// Ends a program whose starter was killed. It waits, in a group of its own, at a pipe that breaks when this process
/// ends in whatever way; nobody else would know of the program then.
/// </summary>
internal sealed class Guardian : IAsyncDisposable
{
    // The shell's own kill takes a group as a negative number.
    private const string Watch =
        """exec >/dev/null 2>&1; trap '' TERM; read -r group || exit; read -r done && exit; kill -s TERM -- "-$group"; sleep 2; kill -s KILL -- "-$group" """;

    private readonly Process? _process;

    private Guardian(Process? process) => _process = process;

    /// <summary>Begins to wait; <see cref="WatchOver"/> tells it for whom.</summary>
    /// <exception cref="Win32Exception">The machine can start no more processes.</exception>
    public static Guardian Start()
    {
        if (ProcessGroup.Launcher is not { } launcher) return new Guardian(null);
        var info = new ProcessStartInfo(launcher) { RedirectStandardInput = true, WorkingDirectory = "/" };
        foreach (var argument in (string[])["-f", "sh", "-c", Watch]) info.ArgumentList.Add(argument);
        return new Guardian(Process.Start(info));
    }

    /// <summary>Tells it whom to end.</summary>
    public void WatchOver(int leader)
    {
        _process?.StandardInput.WriteLine(leader.ToString(CultureInfo.InvariantCulture));
        _process?.StandardInput.Flush();
    }

    /// <summary>There is no program after all.</summary>
    public void Release()
    {
        _process?.StandardInput.Close();
        _process?.Dispose();
    }

    /// <summary>The program is over: nothing to wait for.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_process is null) return;
        try
        {
            await _process.StandardInput.WriteLineAsync("done");
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Somebody has killed it; what it was for is over.
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
