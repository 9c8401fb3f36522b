using Wizart.Flow.Providers.Shell;

namespace Wizart.Flow.Providers.Python.Tests;

public sealed class PythonTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flow-python-").FullName;
    private readonly RememberingContext _run = new();

    public PythonTests() => PythonHere.NeedsVenv();

    private ShellOptions Options => new() { Attempt = _run };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_runs_with_its_arguments_and_is_heard_at_once()
    {
        var file = Write("hello.py", "import sys, os\nprint('grüß', sys.argv[1:])\nsys.stdout.buffer.write(os.environ['X'].encode())\n");
        var result = await Python.Run(file, ["a b", "$c"], options: Options with { Environment = new Dictionary<string, string?> { ["X"] = "y" } });

        Assert.Equal("grüß ['a b', '$c']\ny", result.Output);
        Assert.Equal(["grüß ['a b', '$c']", "y"], _run.Lines.Where(l => l.Level == LogLevel.Information).Select(l => l.Text));
    }

    [Fact]
    public async Task A_file_is_looked_for_beside_the_script()
    {
        Write("beside.py", "print('found')");
        Assert.Equal("found", (await Python.Run("beside.py", options: Options, script: Path.Combine(_folder, "some.csx"))).Output);
    }

    [Fact]
    public async Task A_missing_file_tells_where_it_was_looked_for()
    {
        var error = await Assert.ThrowsAsync<Fail>(() => Python.Run("missing.py", options: Options, script: Path.Combine(_folder, "some.csx")));
        Assert.Contains($"There is no Python file 'missing.py'. Looked for: {_folder}/missing.py, ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exception_of_the_program_is_in_the_error()
    {
        var file = Write("broken.py", "def work():\n    return 1 / 0\n\nwork()\n");
        var error = await Assert.ThrowsAsync<ShellException>(() => Python.Run(file, options: Options));

        Assert.Contains("broken.py\", line 2, in work", error.Message, StringComparison.Ordinal);
        Assert.Contains("ZeroDivisionError: division by zero", error.Message, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, text);
        return file;
    }
}
