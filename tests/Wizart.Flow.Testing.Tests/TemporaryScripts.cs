namespace Wizart.Flow.Testing.Tests;

/// <summary>A folder of scripts, gone with the test.</summary>
internal sealed class TemporaryScripts : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flow-testing-");

    public string Folder => _folder.FullName;

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A script under test.</summary>
    public static async Task<FlowTest> LoadAsync(string text)
    {
        using var scripts = new TemporaryScripts();
        return await FlowTest.LoadAsync(scripts.Write("test.csx", text));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
