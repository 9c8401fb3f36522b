using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting.Tests.Purity;

public sealed class PurityRulesTests : IDisposable
{
    private const string Dag = "\nvar dag = Dag(\"a\"); dag.Task(\"x\").Run(() => 1);";
    private readonly Workbench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("var x = DateTime.Now;", FlowCodes.ImpureClock, "'DateTime.Now'")]
    [InlineData("var x = System.DateTime.UtcNow.Date;", FlowCodes.ImpureClock, "From(dag.Interval)")]
    [InlineData("var x = DateTime.Today.AddDays(-1);", FlowCodes.ImpureClock, "'DateTime.Today'")]
    [InlineData("var x = DateTimeOffset.UtcNow;", FlowCodes.ImpureClock, "'DateTimeOffset.UtcNow'")]
    [InlineData("var x = TimeProvider.System.GetUtcNow();", FlowCodes.ImpureClock, "'TimeProvider.GetUtcNow'")]
    [InlineData("var x = Environment.TickCount64;", FlowCodes.ImpureClock, "'Environment.TickCount64'")]
    [InlineData("var x = System.Diagnostics.Stopwatch.StartNew();", FlowCodes.ImpureClock, "'Stopwatch.StartNew'")]
    [InlineData("var x = new System.Diagnostics.Stopwatch();", FlowCodes.ImpureClock, "'new Stopwatch'")]
    [InlineData("using static System.DateTime; \nvar x = Now;", FlowCodes.ImpureClock, "'DateTime.Now'")]
    [InlineData("using Zeit = System.DateTime; \nvar x = Zeit.Now;", FlowCodes.ImpureClock, "'DateTime.Now'")]
    [InlineData("var x = Guid.NewGuid();", FlowCodes.ImpureRandom, "'Guid.NewGuid'")]
    [InlineData("var x = new Random(1);", FlowCodes.ImpureRandom, "'new Random'")]
    [InlineData("Random x = new();", FlowCodes.ImpureRandom, "'new Random'")]
    [InlineData("var x = Random.Shared.Next();", FlowCodes.ImpureRandom, "'Random.")]
    [InlineData("var x = System.Security.Cryptography.RandomNumberGenerator.GetInt32(3);", FlowCodes.ImpureRandom, "'RandomNumberGenerator.GetInt32'")]
    [InlineData("var x = new System.Net.Http.HttpClient();", FlowCodes.ImpureNetwork, "Connection<HttpApi>")]
    [InlineData("var x = System.Net.Dns.GetHostName();", FlowCodes.ImpureNetwork, "'Dns.GetHostName'")]
    [InlineData("var x = new System.Net.Sockets.TcpClient();", FlowCodes.ImpureNetwork, "'new TcpClient'")]
    [InlineData("var x = File.ReadAllText(\"x\");", FlowCodes.ImpureFiles, "#load")]
    [InlineData("File.WriteAllText(\"x\", \"y\");", FlowCodes.ImpureFiles, "'File.WriteAllText'")]
    [InlineData("var x = Directory.GetFiles(\".\");", FlowCodes.ImpureFiles, "'Directory.GetFiles'")]
    [InlineData("var x = new FileStream(\"x\", FileMode.Open);", FlowCodes.ImpureFiles, "'new FileStream'")]
    [InlineData("var x = new StreamReader(\"x\");", FlowCodes.ImpureFiles, "'new StreamReader'")]
    [InlineData("System.Diagnostics.Process.Start(\"ls\");", FlowCodes.ImpureFiles, "'Process.Start'")]
    [InlineData("var x = new[] { \"a\" }.Select(File.ReadAllText).ToList();", FlowCodes.ImpureFiles, "'File.ReadAllText'")]
    [InlineData("Thread.Sleep(1);", FlowCodes.ImpureWait, "'Thread.Sleep'")]
    [InlineData("await Task.Delay(1);", FlowCodes.ImpureWait, "'Task.Delay'")]
    [InlineData("await Task.Yield();", FlowCodes.ImpureWait, "'await'")]
    [InlineData("Task.FromResult(1).Wait();", FlowCodes.ImpureWait, "'Task.Wait'")]
    [InlineData("var x = Task.FromResult(1).Result;", FlowCodes.ImpureWait, "'Task.Result'")]
    [InlineData("var x = Task.FromResult(1).GetAwaiter().GetResult();", FlowCodes.ImpureWait, "'TaskAwaiter.GetResult'")]
    [InlineData("string Id() => $\"d{Guid.NewGuid()}\"; var x = Id();", FlowCodes.ImpureRandom, "'Guid.NewGuid'")]
    [InlineData("string Id() { string Inner() => $\"{Guid.NewGuid()}\"; return Inner(); } var x = Id();", FlowCodes.ImpureRandom, "'Guid.NewGuid'")]
    [InlineData("DateTime When => DateTime.Now; var x = When;", FlowCodes.ImpureClock, "'DateTime.Now'")]
    [InlineData("DateTime When { get; } = DateTime.Now;", FlowCodes.ImpureClock, "'DateTime.Now'")]
    [InlineData("static class Settings { public static readonly string Text = File.ReadAllText(\"x\"); } var x = Settings.Text;", FlowCodes.ImpureFiles, "'File.ReadAllText'")]
    [InlineData("class Settings { public Settings() { Thread.Sleep(1); } } var x = new Settings();", FlowCodes.ImpureWait, "'Thread.Sleep'")]
    [InlineData("var ids = Enumerable.Range(0, 3).Select(i => Guid.NewGuid()).ToList();", FlowCodes.ImpureRandom, "'Guid.NewGuid'")]
    [InlineData("var ids = from i in Enumerable.Range(0, 3) select Guid.NewGuid();", FlowCodes.ImpureRandom, "'Guid.NewGuid'")]
    [InlineData("Func<Guid> next = () => Guid.NewGuid(); var x = next();", FlowCodes.ImpureRandom, "'Guid.NewGuid'")]
    [InlineData("foreach (var i in new[] { 1 }) if (i > 0) Dag($\"d{DateTime.Now.Day}\").Task(\"x\").Run(() => 1);", FlowCodes.ImpureClock, "'DateTime.Now'")]
    public async Task What_a_script_must_not_do_while_it_declares_is_an_error_with_advice(string code, string rule, string words)
    {
        var error = Assert.Single((await _bench.DiagnosticsOf(code + Dag)).DistinctBy(d => d.Code));

        Assert.Equal((rule, DiagnosticSeverity.Error), (error.Code, error.Severity));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dag.Task(\"y\").Run(() => DateTime.Now);")]
    [InlineData("dag.Task(\"y\").Run(async () => { await Task.Delay(1); return Guid.NewGuid(); });")]
    [InlineData("dag.Task(\"y\").Run(Body); string Body() { Thread.Sleep(1); return File.ReadAllText(\"x\"); }")]
    [InlineData("dag.Task(\"y\").Run(Guid.NewGuid);")]
    [InlineData("dag.Task(\"y\").From(dag.Interval).OnlyIf(i => i.End < DateTimeOffset.UtcNow).Run(i => 1);")]
    [InlineData("dag.Task(\"y\").Retry(2, on: e => Random.Shared.Next() > 1).Run(() => 1);")]
    [InlineData("Func<DateTime> body = () => DateTime.Now; dag.Task(\"y\").Run(body);")]
    [InlineData("void Add(string id, Func<Guid> body) => dag.Task(id).Run(body); Add(\"y\", () => Guid.NewGuid());")]
    [InlineData("dag.Task(\"y\").Run(() => { DateTime Local() => DateTime.Now; return Local(); });")]
    [InlineData("class Client { readonly System.Net.Http.HttpClient _http = new(); public string Get() => File.ReadAllText(\"x\"); } dag.Task(\"y\").Run(() => new Client().Get());")]
    [InlineData("var x = nameof(DateTime.Now) + typeof(File).Name;")]
    [InlineData("DateTime start = new(2026, 1, 1); var x = start.AddDays(1).Date; var t = TimeSpan.FromDays(1);")]
    [InlineData("var p = Path.Combine(\"a\", \"b\"); var r = new StringReader(\"x\").ReadToEnd();")]
    [InlineData("var r = new StreamReader(new MemoryStream()).ReadToEnd();")]
    [InlineData("var Now = 1; var File = new { ReadAllText = 2 }; var x = Now + File.ReadAllText;")]
    [InlineData("DateTime NeverCalled() => DateTime.Now;")]
    public async Task What_a_body_does_and_what_only_looks_alike_is_left_alone(string code) =>
        Assert.Empty(await _bench.DiagnosticsOf(Dag + code));

    [Fact]
    public async Task An_impurity_has_its_place_and_stands_beside_the_compilers_errors()
    {
        var diagnostics = await _bench.DiagnosticsOf("var a = DateTime.Now;\nint b = \"\";" + Dag);

        Assert.Equal([(FlowCodes.ImpureClock, 1, 18), ("CS0029", 2, 9)], diagnostics.Select(d => (d.Code, d.Location!.Line, d.Location.Column)));
    }

    [Fact]
    public async Task An_impurity_in_a_loaded_file_names_that_file()
    {
        _bench.Write("shared.csx", "string Id() =>\n  Guid.NewGuid().ToString();");

        var error = Assert.Single(await _bench.DiagnosticsOf("#load \"shared.csx\"\nDag(Id()).Task(\"x\").Run(() => 1);"));

        Assert.Equal((_bench.At("shared.csx"), 2), (error.Location!.File, error.Location.Line));
    }
}
