using System.Collections.Frozen;
using Microsoft.CodeAnalysis;
using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting;

/// <summary>What must not be used while a DAG is declared, and what to do instead.</summary>
/// <param name="Code">The rule's code.</param>
/// <param name="Because">What it would do.</param>
/// <param name="Advice">What to do instead.</param>
internal sealed record ImpureMember(string Code, string Because, string Advice)
{
    private static readonly ImpureMember Clock = new(
        FlowCodes.ImpureClock,
        "reads the clock while the DAG is declared, which happens at any time and often",
        "Take the run's own time as an input: From(dag.Interval) or From(dag.LogicalDate)");

    private static readonly ImpureMember Chance = new(
        FlowCodes.ImpureRandom,
        "gives another value each time the DAG is declared, so the DAG would never be the same",
        "Use it in a task's body, or write a fixed value");

    private static readonly ImpureMember Network = new(
        FlowCodes.ImpureNetwork,
        "uses the network while the DAG is declared",
        "Use it in a task's body, with a client from Connection<HttpApi>(\"…\")");

    private static readonly ImpureMember Files = new(
        FlowCodes.ImpureFiles,
        "uses files or processes while the DAG is declared, which happens on every node and often",
        "Use it in a task's body; for settings use a Variable, a Connection, or #load");

    private static readonly ImpureMember Wait = new(
        FlowCodes.ImpureWait,
        "waits while the DAG is declared, and everything waits with it",
        "Wait in a task's body; between attempts use Retry");

    private static readonly FrozenDictionary<string, ImpureMember> Table = new Dictionary<string, ImpureMember>
    {
        ["System.DateTime.Now"] = Clock,
        ["System.DateTime.UtcNow"] = Clock,
        ["System.DateTime.Today"] = Clock,
        ["System.DateTimeOffset.Now"] = Clock,
        ["System.DateTimeOffset.UtcNow"] = Clock,
        ["System.TimeProvider.GetUtcNow"] = Clock,
        ["System.TimeProvider.GetLocalNow"] = Clock,
        ["System.TimeProvider.GetTimestamp"] = Clock,
        ["System.Environment.TickCount"] = Clock,
        ["System.Environment.TickCount64"] = Clock,
        ["System.Diagnostics.Stopwatch"] = Clock,
        ["System.Guid.NewGuid"] = Chance,
        ["System.Guid.CreateVersion7"] = Chance,
        ["System.Random"] = Chance,
        ["System.Security.Cryptography.RandomNumberGenerator"] = Chance,
        ["System.IO.Path.GetRandomFileName"] = Chance,
        ["System.Net.Http.HttpClient"] = Network,
        ["System.Net.WebClient"] = Network,
        ["System.Net.WebRequest"] = Network,
        ["System.Net.Dns"] = Network,
        ["System.Net.Mail.SmtpClient"] = Network,
        ["System.Net.NetworkInformation.Ping"] = Network,
        ["System.Net.Sockets.Socket"] = Network,
        ["System.Net.Sockets.TcpClient"] = Network,
        ["System.Net.Sockets.TcpListener"] = Network,
        ["System.Net.Sockets.UdpClient"] = Network,
        ["System.Net.WebSockets.ClientWebSocket"] = Network,
        ["System.IO.File"] = Files,
        ["System.IO.FileInfo"] = Files,
        ["System.IO.FileStream"] = Files,
        ["System.IO.FileSystemWatcher"] = Files,
        ["System.IO.Directory"] = Files,
        ["System.IO.DirectoryInfo"] = Files,
        ["System.IO.DriveInfo"] = Files,
        ["System.IO.Path.GetTempFileName"] = Files,
        ["System.IO.StreamReader"] = Files,
        ["System.IO.StreamWriter"] = Files,
        ["System.Diagnostics.Process"] = Files,
        ["System.Threading.Thread.Sleep"] = Wait,
        ["System.Threading.Thread.Join"] = Wait,
        ["System.Threading.Thread.SpinWait"] = Wait,
        ["System.Threading.SpinWait"] = Wait,
        ["System.Threading.WaitHandle"] = Wait,
        ["System.Threading.SemaphoreSlim.Wait"] = Wait,
        ["System.Threading.ManualResetEventSlim.Wait"] = Wait,
        ["System.Threading.Tasks.Task.Delay"] = Wait,
        ["System.Threading.Tasks.Task.Wait"] = Wait,
        ["System.Threading.Tasks.Task.WaitAll"] = Wait,
        ["System.Threading.Tasks.Task.WaitAny"] = Wait,
        ["System.Threading.Tasks.Task.Result"] = Wait,
        ["System.Threading.Tasks.ValueTask.Result"] = Wait,
        ["System.Runtime.CompilerServices.TaskAwaiter.GetResult"] = Wait,
        ["System.Runtime.CompilerServices.ValueTaskAwaiter.GetResult"] = Wait,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>For <c>await</c>, which is no member.</summary>
    public static ImpureMember Await => Wait;

    /// <summary>The simple names that may mean something of the table: nothing else needs to be looked at closely.</summary>
    public static FrozenSet<string> Names { get; } = Table.Keys.SelectMany(key => key.Split('.')[^2..]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is wrong with using this member; null when nothing is.</summary>
    public static ImpureMember? Find(ISymbol symbol)
    {
        if (symbol is not (IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol) || symbol.ContainingType is not { } type) return null;

        // A reader or writer over something in memory is harmless.
        if (type.Name is "StreamReader" or "StreamWriter" && symbol is not IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters: [{ Type.SpecialType: SpecialType.System_String }, ..] })
            return null;
        for (var owner = type; owner is not null; owner = owner.BaseType)
        {
            var name = $"{owner.ContainingNamespace.ToDisplayString()}.{owner.Name}";
            if ((Table.GetValueOrDefault($"{name}.{symbol.Name}") ?? Table.GetValueOrDefault(name)) is { } found) return found;
        }

        return null;
    }
}
