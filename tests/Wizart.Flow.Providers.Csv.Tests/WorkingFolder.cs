namespace Wizart.Flow.Providers.Csv.Tests;

/// <summary>A working folder of a test's own. Tests that have one do not run side by side: there is one for the process.</summary>
[Collection("working folder")]
public abstract class WorkingFolder : IDisposable
{
    private readonly string _before = Directory.GetCurrentDirectory();

    protected WorkingFolder()
    {
        Folder = Directory.CreateTempSubdirectory("flow-csv-").FullName;
        Directory.SetCurrentDirectory(Folder);
    }

    protected string Folder { get; }

    public void Dispose()
    {
        Directory.SetCurrentDirectory(_before);
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
