using System.Net.Sockets;
using System.Runtime.InteropServices;
using Wizart.Flow.Runtime.Logs;

namespace Wizart.Flow.Worker;

/// <summary>
/// Puts a socket in the place of standard output and error, so that whatever is printed past the console reaches the
/// pool: by native code, by child processes, by the runtime when it crashes.
/// </summary>
internal static partial class StandardStreams
{
    private const int Output = 1;
    private const int Error = 2;

    public static void SendTo(Socket socket)
    {
        if (!OperatingSystem.IsWindows())
        {
            var descriptor = (int)socket.Handle;
            Replace(descriptor, Output);
            Replace(descriptor, Error);
        }

        AttemptConsole.Install(outside: TextWriter.Null); // what is printed between attempts is nobody's
    }

    private static void Replace(int descriptor, int standard)
    {
        if (Duplicate(descriptor, standard) < 0)
            throw new InvalidOperationException($"Standard stream {standard} can't be replaced: error {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static partial int Duplicate(int from, int to);
}
