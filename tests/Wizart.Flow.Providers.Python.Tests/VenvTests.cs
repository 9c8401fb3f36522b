using System.IO.Compression;
using Wizart.Flow.Providers.Python.Environments;
using Wizart.Flow.Providers.Shell;

namespace Wizart.Flow.Providers.Python.Tests;

public sealed class VenvTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flow-venv-").FullName;
    private readonly RememberingContext _run = new();

    public VenvTests() => PythonHere.NeedsVenv();

    private string Root => Path.Combine(_folder, "venvs");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_same_content_is_made_once()
    {
        var first = await Maker().GetAsync([], systemPackages: true, PythonHere.SystemPython);
        var made = Directory.GetCreationTimeUtc(first.Folder);
        var second = await Maker().GetAsync([], systemPackages: true, PythonHere.SystemPython);

        Assert.Equal(first, second);
        Assert.Equal(made, Directory.GetCreationTimeUtc(second.Folder));
        Assert.Single(_run.Lines, l => l.Text.StartsWith("Making", StringComparison.Ordinal));
        Assert.StartsWith("3.", first.Version, StringComparison.Ordinal);
        var answer = await Python.RunModule("this", venv: second, options: new() { Attempt = _run });
        Assert.Contains("Simple is better than complex", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_makers_at_once_make_one()
    {
        var venvs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Maker().GetAsync([], false, PythonHere.SystemPython))));

        Assert.Single(venvs.Distinct());
        Assert.Single(_run.Lines, l => l.Text.StartsWith("Making", StringComparison.Ordinal));
        Assert.Equal([Path.GetFileName(venvs[0].Folder)], Directory.GetDirectories(Root).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Another_process_that_makes_the_same_one_is_waited_for()
    {
        var python = await Interpreter.AskAsync(PythonHere.SystemPython, _run);
        var file = Path.Combine(Root, VenvMaker.KeyOf([], false, python) + ".lock");
        Directory.CreateDirectory(Root);
        var locked = new TaskCompletionSource();
        await using var other = Shell.Shell.Start(
            PythonHere.SystemPython,
            ["-uc", "import fcntl, sys, time; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX); print('mine'); time.sleep(300)", file],
            new() { OnLine = _ => locked.TrySetResult(), Succeeds = _ => true });
        await locked.Task;
        var waits = new TaskCompletionSource();
        _run.OnLine = line =>
        {
            if (line.StartsWith("Waiting", StringComparison.Ordinal)) waits.TrySetResult();
        };
        var made = Maker().GetAsync([], false, PythonHere.SystemPython);
        await waits.Task;
        Assert.Empty(Directory.GetDirectories(Root));

        await other.Stop();
        Assert.True(File.Exists((await made).Python));
    }

    [Fact]
    public async Task A_half_made_one_is_never_used_and_is_cleared_away()
    {
        var venv = await Maker().GetAsync([], false, PythonHere.SystemPython);
        var left = venv.Folder + ".making-1234";
        Directory.Move(venv.Folder, left); // its maker was killed before the end
        Assert.Equal(venv, await Maker().GetAsync([], false, PythonHere.SystemPython));

        Assert.True(File.Exists(venv.Python));
        Assert.False(Directory.Exists(left));
    }

    [Fact]
    public async Task One_that_can_not_be_made_leaves_nothing_behind()
    {
        var error = await Assert.ThrowsAsync<ShellException>(() =>
            Maker().GetAsync(["--no-index", $"--find-links {_folder}", "no-such-package-of-ours==1.0"], false, PythonHere.SystemPython));

        Assert.Contains("no-such-package-of-ours", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(Root));
    }

    [Fact]
    public async Task Packages_are_installed_and_their_programs_run_from_the_final_place()
    {
        MakePackage("tiny", "1.0");
        var venv = await Maker().GetAsync(["--no-index", $"--find-links {_folder}", "tiny==1.0"], false, PythonHere.SystemPython);

        Assert.Equal("tiny 1.0", (await Shell.Shell.Run(Path.Combine(venv.Folder, "bin", "tiny"), ["x"])).Output);
        Assert.Equal("tiny 1.0", (await Python.RunModule("tiny", venv: venv)).Output);
    }

    [Fact]
    public void Other_content_is_another_environment()
    {
        var python = new Interpreter("python3", "/usr/bin/python3.11", "3.11.2", "3.11.2 (main)");
        string[] keys =
        [
            VenvMaker.KeyOf(["a==1"], false, python),
            VenvMaker.KeyOf(["a==2"], false, python),
            VenvMaker.KeyOf(["a==1", "b==1"], false, python),
            VenvMaker.KeyOf(["a==1"], true, python),
            VenvMaker.KeyOf(["a==1"], false, python with { Build = "3.11.3 (main)" }),
            VenvMaker.KeyOf(["a==1"], false, python with { Executable = "/opt/python" }),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys[2], VenvMaker.KeyOf(Requirements.Of(["# two", "b==1 ", "", "a==1\nb==1"]), false, python));
    }

    [Theory]
    [InlineData("-r other.txt")]
    [InlineData("--requirement=other.txt")]
    [InlineData("-e .")]
    public void A_line_that_points_to_another_file_is_refused(string line) =>
        Assert.Contains("points to another file", Assert.Throws<ArgumentException>(() => Requirements.Of([line])).Message, StringComparison.Ordinal);

    [Fact]
    public async Task An_interpreter_that_is_not_there_is_a_clear_error()
    {
        var error = await Assert.ThrowsAsync<ShellException>(() => Maker().GetAsync([], false, "python9"));
        Assert.Contains("no program 'python9'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_of_another_machine_is_a_clear_error()
    {
        var error = await Assert.ThrowsAsync<Fail>(() => Python.RunModule("this", venv: new PythonVenv("/no/such/venv", "3.11")));
        Assert.Contains("'/no/such/venv' is not there", error.Message, StringComparison.Ordinal);
    }

    private VenvMaker Maker() => new(Root, _run);

    private void MakePackage(string name, string version)
    {
        using var wheel = ZipFile.Open(Path.Combine(_folder, $"{name}-{version}-py3-none-any.whl"), ZipArchiveMode.Create);
        var info = $"{name}-{version}.dist-info";
        Add($"{name}.py", $"def main():\n    print('{name} {version}')\n\nif __name__ == '__main__':\n    main()\n");
        Add($"{info}/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n");
        Add($"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        Add($"{info}/entry_points.txt", $"[console_scripts]\n{name} = {name}:main\n");
        Add($"{info}/RECORD", $"{name}.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n{info}/entry_points.txt,,\n{info}/RECORD,,\n");

        void Add(string path, string text)
        {
            using var writer = new StreamWriter(wheel.CreateEntry(path).Open());
            writer.Write(text);
        }
    }
}
