using System.Text;

namespace Wizart.Flow.TestServers.Daemons;

/// <summary>A folder for one test's daemons: scripts, state, and the settings they are started with. Gone with all its processes when disposed.</summary>
internal sealed class DaemonHome : IDisposable
{
    /// <summary>Inherited by everything a daemon of this home starts, so that what it leaves behind can be found.</summary>
    private const string MarkVariable = "FLOW_TEST_HOME";

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("flow-e2e-");

    public DaemonHome()
    {
        Directory.CreateDirectory(Pipelines);
        Environment = new Dictionary<string, string?>
        {
            [MarkVariable] = _root.Name,
            ["FLOW__URL"] = "http://127.0.0.1:0",
            ["FLOW__STATE"] = State,
            ["FLOW__PIPELINES"] = Pipelines,
            ["DOTNET_ENVIRONMENT"] = null,
            ["ASPNETCORE_URLS"] = null,
        };
    }

    public string Root => _root.FullName;

    public string Pipelines => Path.Combine(Root, "pipelines");

    public string State => Path.Combine(Root, "state");

    public string Database => Path.Combine(State, "flow.db");

    /// <summary>What its daemons are started with; null takes a variable away.</summary>
    public Dictionary<string, string?> Environment { get; }

    /// <summary>Writes a script, whole at once as a careful editor does.</summary>
    public string Write(string name, string text) => WriteBytes(name, Encoding.UTF8.GetBytes(text));

    public string WriteBytes(string name, byte[] content)
    {
        var path = Path.Combine(Pipelines, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = path + "~";
        File.WriteAllBytes(draft, content);
        File.Move(draft, path, overwrite: true);
        return path;
    }

    public void Delete(string name) => File.Delete(Path.Combine(Pipelines, name));

    /// <summary>Processes of this home that are alive: daemons and what they started.</summary>
    public IReadOnlyList<int> Processes() => ProcessTable.WithVariable(MarkVariable, _root.Name);

    public void Dispose()
    {
        foreach (var process in Processes()) ProcessTable.Kill(process);
        _root.Delete(recursive: true);
    }
}
