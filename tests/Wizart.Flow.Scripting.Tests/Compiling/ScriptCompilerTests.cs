using System.Reflection;
using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting.Tests.Compiling;

public sealed class ScriptCompilerTests : IDisposable
{
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_script_of_all_words_compiles_without_usings_of_its_own()
    {
        var import = await _bench.Import("""
            var limit = Param("limit", 10).Between(1, 100).Describe("How many");
            var factor = Variable("factor", 1.5);
            Dag dag = Dag("all_words").Describe("x").Tags("a").Catchup().Retry(3, Backoff.Exponential(30.Seconds()));
            Output<int[]> numbers = dag.Task("numbers").From(limit, dag.Interval).Run((n, day) => Enumerable.Range(0, n).ToArray());
            var sum = dag.Task("sum").From(numbers, factor).Timeout(1.Minutes()).OnlyIf((n, f) => n.Length > 0).Run((n, f) => n.Sum() * f);
            dag.Task("wait").From(sum, dag.Context).Run(async (s, run) => { await Task.Delay(1, run.Cancellation); run.Log($"{s}"); });
            dag.Task("last").After(sum).When(AllDone).Run(Last);
            static void Last() { }
            record Row(string Name, decimal? Amount, string? Note);
            """);

        Assert.Empty(import.Description.Diagnostics);
        var dag = Assert.Single(import.Description.Dags);
        Assert.Equal(["numbers", "sum", "wait", "last"], dag.Tasks.Select(t => t.Id));
    }

    [Fact]
    public async Task Words_that_are_also_names_of_types_are_found_in_calls_and_in_declarations()
    {
        Assert.Empty(await _bench.DiagnosticsOf("""
            Connection<Version> shop = Connection<Version>("shop");
            Param<int> p = Param("p", 1);
            Variable<int> v = Variable("v", 1);
            Dag dag = Dag("a");
            List<Dag> dags = ["b", "c"] is string[] ids ? ids.Select(id => Dag(id)).ToList() : [];
            dag.Task("x").From(shop, p, v).Run((s, a, b) => a + b);
            Artifact? artifact = null;
            """.Replace("[\"b\", \"c\"] is string[] ids ? ids", "true ? new[] { \"b\", \"c\" }", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task All_errors_come_at_once_each_with_its_place()
    {
        var diagnostics = await _bench.DiagnosticsOf("""
            var dag = Dag("a");
            int number = "text";
            dag.Task("x").Run(() => Missing());
            """);

        Assert.Equal(
            [$"{_bench.At("test.csx")}(2,14): error CS0029", $"{_bench.At("test.csx")}(3,25): error CS0103"],
            diagnostics.Select(d => d.ToString().Split(": ")[0] + ": error " + d.Code));
    }

    [Fact]
    public async Task A_type_error_across_tasks_is_found_where_the_data_is_used()
    {
        var error = Assert.Single(await _bench.DiagnosticsOf("""
            var dag = Dag("a");
            var orders = dag.Task("extract").Run(() => new[] { new Order("BY", 3) });
            dag.Task("load").From(orders).Run(orders => orders.Sum(o => o.Amount));
            record Order(string Country, decimal Total);
            """));

        Assert.Equal(("CS1061", 3, 63), (error.Code, error.Location!.Line, error.Location.Column));
        Assert.Contains("'Amount'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_in_loaded_files_name_the_loaded_file()
    {
        _bench.Write("shared/teams.csx", "string Team() =>\n  42;");
        var error = Assert.Single(await _bench.DiagnosticsOf("#load \"shared/teams.csx\"\nDag(Team()).Task(\"x\").Run(() => 1);"));

        Assert.Equal(new SourceLocation(_bench.At("shared/teams.csx"), 2, 3), error.Location);
    }

    [Fact]
    public async Task Warnings_that_point_to_a_mistake_stay_warnings_and_matters_of_taste_are_not_told()
    {
        var warning = Assert.Single(await _bench.DiagnosticsOf("""
            var dag = Dag("a");
            dag.Task("x").Run(async () => { Task.Delay(1); int unused; string s = null; await Task.Yield(); });
            """));

        Assert.Equal(("CS4014", DiagnosticSeverity.Warning), (warning.Code, warning.Severity));
    }

    [Fact]
    public async Task A_stack_trace_has_the_line_of_the_statement_that_threw()
    {
        var script = await _bench.Import("""
            int Divide(int a, int b) => a / b;
            int Calculate(int a)
            {
                var x = Divide(a, 1);
                var y = Divide(x, 2);

                if (x > 1)
                {
                    y += Divide(y, a - 7);
                }
                return x + y + Divide(3, 1);
            }
            (Func<int>)(() => Calculate(7))
            """);

        var body = (Func<int>)InProcessEvaluator.ResultOf(script.Image!)!;
        var trace = Assert.Throws<DivideByZeroException>(() => body()).StackTrace!;
        Assert.Contains($"{script.File}:line 1{Environment.NewLine}", trace, StringComparison.Ordinal);
        Assert.Contains($"{script.File}:line 9{Environment.NewLine}", trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thousands_of_errors_are_counted_and_not_listed()
    {
        var diagnostics = await _bench.DiagnosticsOf(string.Join('\n', Enumerable.Range(0, 3_000).Select(i => $"var v{i} = missing{i};")));

        Assert.Equal(CompilerDiagnostics.MaxListed + 1, diagnostics.Count);
        Assert.Contains("2900 more", diagnostics[^1].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(", "1", ")", 20_000)]
    [InlineData("F(", "1", ")", 5_000)]
    [InlineData("new[] { 1 }.Select(x => ", "1", ")", 30)]
    [InlineData("", "1", " + 1", 30_000)]
    [InlineData("", "Text", ".Trim()", 20_000)]
    [InlineData("if (true) { ", "", " }", 5_000)]
    [InlineData("if (true) ", ";", "", 20_000)]
    [InlineData("a<", "1", "", 20_000)]
    [InlineData("$\"{", "1", "}\"", 2_000)]
    public async Task A_monstrous_script_is_refused_and_costs_neither_the_process_nor_its_time(string before, string middle, string after, int times)
    {
        using var bench = new Workbench(options: new ScriptCompilerOptions { CompileLimit = TimeSpan.FromSeconds(2) });
        var text = string.Concat(Enumerable.Repeat(before, times)) + middle + string.Concat(Enumerable.Repeat(after, times));
        var isStatement = before.StartsWith("if", StringComparison.Ordinal);

        var error = Assert.Single(await bench.DiagnosticsOf($"int F(int x) => x; string Text = \"\"; {(isStatement ? text : $"object x = {text};")}"));

        Assert.Equal((FlowCodes.TooComplex, DiagnosticSeverity.Error), (error.Code, error.Severity));
    }

    [Theory]
    [InlineData("(", "1", ")", 200)]
    [InlineData("", "1", " + 1", 2_500)]
    [InlineData("", "Text", ".Trim()", 1_000)]
    [InlineData("if (true) { ", "", " }", 200)]
    [InlineData("if (true) ", ";", "", 2_000)]
    [InlineData("if (Text == \"\") { } else ", ";", "", 1_000)]
    public async Task What_a_program_might_write_for_a_person_compiles(string before, string middle, string after, int times)
    {
        var text = string.Concat(Enumerable.Repeat(before, times)) + middle + string.Concat(Enumerable.Repeat(after, times));
        var isStatement = before.StartsWith("if", StringComparison.Ordinal);

        Assert.Empty(await _bench.DiagnosticsOf($"int F(int x) => x; string Text = \"\"; {(isStatement ? text : $"object x = {text};")}"));
    }

    [Fact]
    public async Task A_script_that_takes_too_long_to_compile_is_refused()
    {
        using var bench = new Workbench(options: new ScriptCompilerOptions { CompileLimit = TimeSpan.FromTicks(1) });

        var error = Assert.Single(await bench.DiagnosticsOf("Dag(\"a\")"));

        Assert.Equal(FlowCodes.TooComplex, error.Code);
    }

    [Fact]
    public async Task A_compilation_can_be_given_up()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _bench.Compiler.CompileAsync(_bench.Write("a.csx", "Dag(\"a\")"), cancelled.Token));
    }

    [Fact]
    public async Task The_symbols_hold_the_sources_so_that_an_old_version_can_show_its_lines()
    {
        _bench.Write("shared.csx", "// shared text");
        var script = await _bench.Compiled("#load \"shared.csx\"\nDag(\"a\").Task(\"x\").Run(() => 1);");

        using var provider = System.Reflection.Metadata.MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(script.Symbols));
        var reader = provider.GetMetadataReader();
        var documents = reader.Documents.Select(d => reader.GetString(reader.GetDocument(d).Name)).Order(StringComparer.Ordinal);
        Assert.Equal([_bench.At("shared.csx"), _bench.At("test.csx")], documents);
        Assert.Equal(2, reader.CustomDebugInformation.Count(c =>
            reader.GetGuid(reader.GetCustomDebugInformation(c).Kind) == new Guid("0E8A571B-6926-466E-B4AD-8AB04611F5FE")));
    }

    [Fact]
    public async Task Warming_up_compiles_a_script_without_errors()
    {
        await _bench.Compiler.WarmUp();

        Assert.DoesNotContain(await _bench.DiagnosticsOf(WarmUpScript.Text), d => d.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task Nothing_of_a_script_is_loaded_by_compiling_it()
    {
        await _bench.Compiled("Dag(\"a\").Task(\"x\").Run(() => 1); record LoadedByAccident;");

        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies(), a => HasType(a, "Script+LoadedByAccident"));
    }

    private static bool HasType(Assembly assembly, string name) => assembly.GetType(name) is not null;
}
