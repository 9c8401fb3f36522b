using System.CommandLine;
using System.Globalization;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow pools</c>, <c>flow pools set NAME SLOTS</c>, <c>flow pools reset NAME</c>.</summary>
internal sealed class PoolsVerb(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
{
    /// <inheritdoc/>
    protected override Command Declare() => new("pools", "Lists the pools: how many slots each has, how many are taken, and who waits.")
    {
        new Set(Options, Terminal).Create(), new Reset(Options, Terminal).Create(),
    };

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
    {
        var pools = await client.PoolsAsync(cancellation);
        if (IsJson(parsed)) Terminal.WriteJson(pools);
        else if (pools.Length == 0) Terminal.Error.WriteLine("There are no pools yet. A script declares one: Pool(\"gpu\", 2).");
        else Write(pools);
        return ExitCodes.Fine;
    }

    private void Write(PoolResource[] pools)
    {
        var columns = new Columns("POOL", "SLOTS", "USED", "WAITING", "");
        foreach (var pool in pools)
            columns.Add(StateLook.Escaped(pool.Name), Number(pool.Slots), Number(pool.Used), Number(pool.Waiting), $"[dim]{Note(pool)}[/]");
        columns.Write(Terminal);
    }

    private static string Note(PoolResource pool) => pool switch
    {
        { Active: false } => "no script declares it",
        { Set: not null } => $"set by hand; the scripts say {Number(pool.Declared)}",
        _ => "",
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Argument<string> Name() => new("NAME") { Description = "The pool's name." };

    private sealed class Set(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
    {
        private readonly Argument<string> _name = Name();
        private readonly Argument<int> _slots = new("SLOTS") { Description = "How many; one or more." };

        protected override Command Declare() => new("set", "Gives a pool another number of slots, which counts until it is reset.") { _name, _slots };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var pool = await client.SetPoolAsync(parsed.GetRequiredValue(_name), parsed.GetRequiredValue(_slots), cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(pool);
            else Terminal.Out.WriteLine($"Pool {pool.Name} has {Words.Count(pool.Slots, "slot")} now; the scripts say {Number(pool.Declared)}.");
            return ExitCodes.Fine;
        }
    }

    private sealed class Reset(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
    {
        private readonly Argument<string> _name = Name();

        protected override Command Declare() => new("reset", "Gives a pool the number of slots again that the scripts say.") { _name };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var pool = await client.ResetPoolAsync(parsed.GetRequiredValue(_name), cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(pool);
            else Terminal.Out.WriteLine($"Pool {pool.Name} has {Words.Count(pool.Slots, "slot")} again.");
            return ExitCodes.Fine;
        }
    }
}
