namespace Wizart.Flow.Providers.Shell.Tests;

public sealed class ShellTests : IDisposable
{
    private readonly RememberingContext _run = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("flow-shell-").FullName;

    private ShellOptions Options => new() { Attempt = _run };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Arguments_arrive_as_they_are()
    {
        string[] arguments = ["two words", "$HOME", "`id`", "'\"\\", "", "*", "; rm -rf x", "-n", "ä€😀"];
        var result = await Shell.Run("printf", ["[%s]\n", .. arguments], Options);

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(string.Join('\n', arguments.Select(a => $"[{a}]")), result.Output);
        Assert.False(result.OutputIsCut);
    }

    [Fact]
    public async Task Output_is_information_and_errors_are_warnings_in_the_log()
    {
        var result = await Shell.Script("echo one; echo two >&2; printf 'three without end'", options: Options);

        Assert.Equal("one\nthree without end", result.Output);
        Assert.Equal("two", result.Errors);
        Assert.Equal(["one", "three without end"], _run.Lines.Where(l => l.Level == LogLevel.Information).Select(l => l.Text));
        Assert.Equal(["two"], _run.Lines.Where(l => l.Level == LogLevel.Warning).Select(l => l.Text));
    }

    [Fact]
    public async Task Lines_are_logged_while_the_program_runs()
    {
        var go = Path.Combine(_folder, "go");
        _run.OnLine = line =>
        {
            if (line == "waiting") File.WriteAllText(go, "");
        };
        var result = await Shell.Script("echo waiting; until [ -e \"$1\" ]; do sleep 0.01; done; echo seen", [go], Options with { Timeout = 30.Seconds() });

        Assert.Equal("waiting\nseen", result.Output);
    }

    [Fact]
    public async Task Folder_environment_and_input_are_given()
    {
        Environment.SetEnvironmentVariable("FLOW_SHELL_TEST_GONE", "still here");
        var result = await Shell.Script("pwd; echo \"$COLOUR ${FLOW_SHELL_TEST_GONE-gone}\"; cat", options: Options with
        {
            Folder = _folder,
            Environment = new Dictionary<string, string?> { ["COLOUR"] = "blue", ["FLOW_SHELL_TEST_GONE"] = null },
            Input = "grün\n",
        });

        Assert.Equal($"{_folder}\nblue gone\ngrün", result.Output);
    }

    [Fact]
    public async Task Without_input_a_program_that_reads_ends() =>
        Assert.Equal("", (await Shell.Run("cat", options: Options with { Timeout = 30.Seconds() })).Output);

    [Fact]
    public async Task A_program_need_not_read_its_input()
    {
        var result = await Shell.Run("true", options: Options with { Input = new string('x', 1_000_000) });
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task A_failure_tells_command_exit_code_and_last_lines()
    {
        var error = await Assert.ThrowsAsync<ShellException>(() =>
            Shell.Script("for i in $(seq 1 100); do echo line $i >&2; done; exit 3", ["a b"], Options));

        Assert.Equal(3, error.Result!.ExitCode);
        Assert.Contains("ended with exit code 3", error.Message, StringComparison.Ordinal);
        Assert.Contains("bash -euo pipefail -c", error.Message, StringComparison.Ordinal);
        Assert.Contains("'a b'", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 100", error.Message, StringComparison.Ordinal);
        Assert.Contains("line 81\n", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("line 80\n", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_ends_at_its_first_failing_command()
    {
        var error = await Assert.ThrowsAsync<ShellException>(() => Shell.Script("false | true; echo on", options: Options));
        Assert.DoesNotContain("on", error.Result!.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_exit_codes_may_be_good() =>
        Assert.Equal(1, (await Shell.Run("grep", ["x"], Options with { Input = "y", Succeeds = code => code <= 1 })).ExitCode);

    [Fact]
    public async Task A_program_killed_by_a_signal_tells_so_by_its_exit_code()
    {
        var error = await Assert.ThrowsAsync<ShellException>(() => Shell.Script("kill -KILL $$", options: Options));
        Assert.Equal(137, error.Result!.ExitCode);
    }

    [Fact]
    public async Task Only_the_end_of_a_long_output_is_kept()
    {
        var result = await Shell.Run("seq", ["1", "100000"], Options with { OutputLevel = null, KeptOutput = 20 });

        Assert.Equal("99998\n99999\n100000", result.Output);
        Assert.True(result.OutputIsCut);
        Assert.DoesNotContain(_run.Lines, l => l.Level == LogLevel.Information);
    }

    [Fact]
    public async Task A_line_without_end_is_given_in_pieces()
    {
        var lengths = new List<int>();
        await Shell.Run("head", ["-c", "20000", "/dev/zero"], Options with { OnLine = line => lengths.Add(line.Text.Length) });
        Assert.Equal([8000, 8000, 4000], lengths);
    }

    [Fact]
    public async Task Broken_bytes_and_progress_bars_are_read_as_lines()
    {
        var result = await Shell.Run("printf", [@"10%%\r20%%\r\n\xff\n\n"], Options);
        Assert.Equal("10%\n20%\n\uFFFD\n", result.Output);
    }

    [Fact]
    public async Task A_secret_is_seen_nowhere()
    {
        var error = await Assert.ThrowsAsync<ShellException>(() => Shell.Script("echo \"got $1 and $API_TOKEN\"; exit 1", ["pass-1234"], Options with
        {
            Secrets = ["pass-1234"],
            Environment = new Dictionary<string, string?> { ["API_TOKEN"] = "token-5678" },
        }));

        Assert.Contains("got *** and ***", error.Message, StringComparison.Ordinal);
        var seen = string.Join('\n', _run.Lines.Select(l => l.Text)) + error + error.Command + error.Result;
        Assert.DoesNotContain("pass-1234", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("token-5678", seen, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-program-here", "there is no program 'no-such-program-here' on the PATH")]
    [InlineData("./missing.sh", "there is no file")]
    [InlineData("./plain.txt", "not executable")]
    [InlineData("/usr", "is a folder")]
    public async Task A_program_that_is_not_there_is_a_clear_error(string program, string message)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "plain.txt"), "");
        var error = await Assert.ThrowsAsync<ShellException>(() => Shell.Run(program, ["x"], Options with { Folder = _folder }));

        Assert.StartsWith($"{program} x can't be started: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Null(error.Result);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_a_clear_error()
    {
        var error = await Assert.ThrowsAsync<ShellException>(() => Shell.Run("true", [], Options with { Folder = "/no/such/folder" }));
        Assert.Contains("working folder '/no/such/folder' is not there", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_observer_throws_comes_out_and_the_program_is_read_to_its_end()
    {
        var error = await Assert.ThrowsAsync<InvalidDataException>(() =>
            Shell.Run("seq", ["1", "100000"], Options with { OnLine = line => throw new InvalidDataException(line.Text) }));
        Assert.Equal("1", error.Message);
    }
}
