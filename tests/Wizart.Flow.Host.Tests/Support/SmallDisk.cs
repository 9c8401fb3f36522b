using System.Diagnostics;
using System.Globalization;

namespace Wizart.Flow.Host.Tests.Support;

/// <summary>A file system of a few megabytes, in memory, that a test may fill and free.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    /// <summary>Mounts one. Skips the test where that is not allowed: it needs root on Linux.</summary>
    public static async Task<SmallDisk> MountAsync(string folder, int megabytes)
    {
        Directory.CreateDirectory(folder);
        var isRoot = OperatingSystem.IsLinux() && Environment.UserName == "root";
        Assert.SkipUnless(isRoot, "A small file system can be mounted by root on Linux only.");
        var why = await RunAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m"), "tmpfs", folder);
        // A container may have a root that may not mount.
        Assert.SkipUnless(why is null, $"A small file system can't be mounted here: {why}");
        return new SmallDisk(folder);
    }

    /// <summary>Takes all the space that is left.</summary>
    public void Fill()
    {
        var block = new byte[4096];
        using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        try
        {
            while (true) file.Write(block);
        }
        catch (IOException)
        {
            // That is the aim.
        }
    }

    /// <summary>Gives it back.</summary>
    public void Free() => File.Delete(Ballast);

    public async ValueTask DisposeAsync() => await RunAsync("umount", "--lazy", _folder);

    private string Ballast => Path.Combine(_folder, "ballast");

    private static async Task<string?> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? null : error.Trim();
    }
}
