using System.Text.Json;
using Wizart.Flow.Host.Cli;
using Wizart.Flow.Web.Tests;

namespace Wizart.Flow.Host.Tests.Cli;

/// <summary>A folder with pipelines, and the command line working in it.</summary>
internal sealed class Bench : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flow-cli-");
    private readonly Dictionary<string, string> _environment = [];

    public Bench() => Directory.CreateDirectory(Path.Combine(Folder, "pipelines"));

    public string Folder => _folder.FullName;

    /// <summary>What a person types where nobody sees it, line by line; null when nobody is there.</summary>
    public Queue<string>? Typed { get; set; }

    /// <summary>Whether a person looks.</summary>
    public bool IsInteractive { get; set; }

    /// <summary>What is piped in; null for nothing.</summary>
    public string? Input { get; set; }

    public string Write(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    public void Set(string variable, string value) => _environment[variable] = value;

    /// <summary>Does what the words ask for, in this process.</summary>
    public async Task<Outcome> Flow(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var terminal = new Terminal(
            TextWriter.Synchronized(output), TextWriter.Synchronized(error), IsInteractive, IsInteractive,
            name => _environment.GetValueOrDefault(name), Folder)
        {
            In = Typed is null ? null : TextReader.Null,
            Piped = Input is { } text ? new StringReader(text) : null,
            ReadHidden = () => Typed!.Dequeue(),
        };
        var code = await new FlowCommandLine(terminal).RunAsync(arguments, CancellationToken.None);
        return new Outcome(code, output.ToString(), error.ToString());
    }

    /// <summary>The same against a daemon.</summary>
    public Task<Outcome> FlowOf(ApiServer server, params string[] arguments) =>
        Flow([.. arguments, "--url", server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority), "--token", ApiServer.Token]);

    public void Dispose() => _folder.Delete(recursive: true);
}

/// <summary>What a verb did.</summary>
internal sealed record Outcome(int Code, string Out, string Error)
{
    /// <summary>The one JSON document on standard output.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Out);
            return document.RootElement.Clone();
        }
    }

    public override string ToString() => $"code {Code}\nout: {Out}\nerror: {Error}";
}
