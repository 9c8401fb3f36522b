using System.Text;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Model;

namespace Wizart.Flow.Host.Tests.EndToEnd;

/// <summary>Files that can't be taken: an import error of that one file, and all other DAGs go on.</summary>
public sealed class BadScriptTests(BadScriptTests.World world) : IClassFixture<BadScriptTests.World>
{
    /// <summary>File, what is in it, the error's code, and what the error says.</summary>
    private static readonly (string File, string Text, string Code, string Says)[] Scripts =
    [
        ("loops.csx", """
            Dag("loops").Task("a").Run(() => 1);
            var i = 0;
            while (i < 1) { }
            """, FlowCodes.ScriptTooSlow, "longer than 15 s"),
        ("recurses.csx", """
            Dag("recurses").Task("a").Run(() => Fall(1));
            Fall(1);
            static int Fall(int depth) => depth + Fall(depth + 1);
            """, FlowCodes.ScriptDied, "stack overflow"),
        ("exits.csx", """Dag("exits").Task("a").Run(() => 1); Environment.Exit(3);""", FlowCodes.ScriptDied, "exit code 3"),
        ("throws.csx", """
            Dag("throws").Task("a").Run(() => 1);
            throw new InvalidOperationException("not today");
            """, FlowCodes.ScriptThrew, "not today"),
        ("hoards.csx", """
            Dag("hoards").Task("a").Run(() => 1);
            var all = new List<byte[]>();
            while (true) all.Add(new byte[100_000_000]);
            """, FlowCodes.ScriptTooLarge, "memory"),
        ("syntax.csx", """
            Dag("syntax").Task("a").Run(() => 1;
            """, "CS1026", ") expected"),
        ("types.csx", """
            var dag = Dag("types");
            var number = dag.Task("number").Run(() => 1);
            dag.Task("text").From(number).Run((string text) => text.Length);
            """, "CS1678", "declared as type 'string' but should be 'int'"),
        ("cycle.csx", """
            var dag = Dag("cycle");
            var a = dag.Task("a");
            var b = dag.Task("b").After(a).Run(() => 1);
            a.After(b).Run(() => 1);
            """, FlowCodes.Cycle, "a"),
        ("zone.csx", """Dag("zone").Schedule(Daily.At("06:00").In("Europe/Minks")).Task("a").Run(() => 1);""", FlowCodes.UnknownZone, "Europe/Minsk"),
        ("never.csx", """Dag("never").Schedule(Cron("0 0 30 2 *")).Task("a").Run(() => 1);""", FlowCodes.NeverFires, "0 0 30 2 *"),
        ("backwards.csx", """
            Dag("backwards").Schedule(Daily).StartingOn("2026-11-02").EndingOn("2026-11-01").Task("a").Run(() => 1);
            """, FlowCodes.BadDates, "2026-11-0"),
        ("unstorable.csx", """Dag("unstorable").Task("a").Run(() => new System.Threading.Thread(() => { }));""", FlowCodes.NotStorable, "Thread"),
    ];

    public static TheoryData<string, string, string> Bad
    {
        get
        {
            var rows = new TheoryData<string, string, string>();
            foreach (var (file, _, code, says) in Scripts) rows.Add(file, code, says);
            rows.Add("folder.csx", FlowCodes.BadFile, "directory");
            rows.Add("dangling.csx", FlowCodes.BadFile, "nothing.csx");
            rows.Add("huge.csx", FlowCodes.BadFile, "MB");
            rows.Add("latin.csx", FlowCodes.BadFile, "UTF-8");
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_file_that_cannot_be_taken_is_an_error_of_its_own(string file, string code, string says)
    {
        var error = await world.Daemon.Api.ErrorAsync(file, code);
        Assert.Equal(file, error.File);
        Assert.Equal(DiagnosticSeverity.Error, error.Severity);
        Assert.Contains(says, error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(file, world.Daemon.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(await world.Daemon.Api.DagsAsync(), d => d.File == file);
    }

    [Fact]
    public async Task What_a_script_throws_is_told_with_its_line() =>
        Assert.Equal(2, (await world.Daemon.Api.ErrorAsync("throws.csx", FlowCodes.ScriptThrew)).Line);

    [Fact]
    public async Task A_gigabyte_printed_while_it_is_declared_costs_nobody_anything()
    {
        Assert.NotNull(await world.Daemon.Api.FindDagAsync("prints"));
        Assert.DoesNotContain(await world.Daemon.Api.ErrorsAsync(), e => e.File == "prints.csx");
        Assert.True(ProcessTable.PeakResidentBytes(world.Daemon.Id) < 1L << 30);
    }

    [Fact]
    public async Task An_empty_file_is_no_error()
    {
        Assert.DoesNotContain(await world.Daemon.Api.ErrorsAsync(), e => e.File == "empty.csx");
        Assert.Contains("The file is empty", world.Daemon.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_other_dags_go_on()
    {
        Assert.Equal(["good", "prints"], (await world.Daemon.Api.DagsAsync()).Select(d => d.Id).Order(StringComparer.Ordinal));
        Assert.Equal(RunState.Success, (await world.Daemon.Api.RunToEndAsync("good")).State);
        Assert.Equal(Bad.Count, (await world.Daemon.Api.ErrorsAsync()).Length);
    }

    /// <summary>One daemon that finds all of them in its folder.</summary>
    public sealed class World : IAsyncLifetime
    {
        internal DaemonHome Home { get; } = new();

        internal DaemonProcess Daemon { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Home.Environment["FLOW__DECLARETIMEOUT"] = "00:00:15"; // the others must not be late when the machine is busy
            Home.Write("good.csx", """Dag("good").Task("one").Run(() => 1);""");
            foreach (var (file, text, _, _) in Scripts) Home.Write(file, text);
            Home.Write("prints.csx", """
                Dag("prints").Task("a").Run(() => 1);
                var block = new string('x', 1 << 20);
                for (var i = 0; i < 1024; i++) Console.Write(block);
                """);
            Home.Write("empty.csx", "");
            Directory.CreateDirectory(Path.Combine(Home.Pipelines, "folder.csx"));
            File.CreateSymbolicLink(Path.Combine(Home.Pipelines, "dangling.csx"), Path.Combine(Home.Root, "nothing.csx"));
            Home.Write("huge.csx", $"// {new string('x', 10_000_000)}\nDag(\"huge\").Task(\"a\").Run(() => 1);");
            Home.WriteBytes("latin.csx", Encoding.Latin1.GetBytes("""Dag("latin").Describe("Übersicht").Task("a").Run(() => 1);"""));
            Daemon = await DaemonProcess.StartAsync(Home);
        }

        public async ValueTask DisposeAsync()
        {
            if (Daemon is not null) await Daemon.DisposeAsync();
            Home.Dispose();
        }
    }
}
