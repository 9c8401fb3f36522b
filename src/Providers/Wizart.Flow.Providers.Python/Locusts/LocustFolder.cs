using System.Text.Json;

namespace Wizart.Flow.Providers.Python.Locusts;

/// <summary>The folder of one run: our module for the locustfile, and the files that Locust writes.</summary>
internal sealed class LocustFolder : IDisposable
{
    public const string Module = "wizart_flow_locust";

    private LocustFolder(string path) => Path = path;

    public string Path { get; }

    public string Prefix => System.IO.Path.Combine(Path, "locust");

    public string Report => System.IO.Path.Combine(Path, "report.json");

    public string History => Prefix + "_stats_history.csv";

    public static LocustFolder Create()
    {
        var folder = new LocustFolder(Directory.CreateTempSubdirectory("flow-locust-").FullName);
        using var module = typeof(LocustFolder).Assembly.GetManifestResourceStream(Module + ".py")!;
        using var file = File.Create(System.IO.Path.Combine(folder.Path, Module + ".py"));
        module.CopyTo(file);
        return folder;
    }

    /// <summary>The rows of a final file; where Locust did not come to its end, those that it wrote on the way.</summary>
    public IReadOnlyList<CsvRow> Rows(string name)
    {
        string[] files = [$"{Prefix}_final_{name}.csv", $"{Prefix}_{name}.csv"];
        return files.FirstOrDefault(File.Exists) is { } file ? CsvRow.Read(File.ReadAllText(file)) : [];
    }

    /// <summary>What our module has told.</summary>
    public LocustReport ReadReport() => File.Exists(Report)
        ? JsonSerializer.Deserialize<LocustReport>(File.ReadAllText(Report), LocustReport.Json)!
        : new LocustReport();

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
