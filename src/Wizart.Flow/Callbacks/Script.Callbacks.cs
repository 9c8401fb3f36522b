using System.Runtime.CompilerServices;
using Wizart.Flow.Model;

namespace Wizart.Flow;

public static partial class Script
{
    /// <summary>A deadline counts from when the run was queued.</summary>
    public const DeadlineReference FromQueued = DeadlineReference.Queued;

    /// <summary>A deadline counts from the start of the run's interval.</summary>
    public const DeadlineReference FromLogicalDate = DeadlineReference.LogicalDate;

    /// <summary>A deadline counts from when the run would be over if it took as long as its DAG's last ten successful runs on average.</summary>
    public const DeadlineReference FromAverage = DeadlineReference.AverageOfLastRuns;

    /// <summary>A line in the daemon's own log.</summary>
    public static Notifier LogNotifier() => new(new NotifierModel(NotifierKind.Log));

    /// <summary>A POST of JSON: to an address, or through a stored <c>http</c> connection with its token and headers.</summary>
    /// <param name="target">An <c>http://</c> or <c>https://</c> address, or the id of a connection. An address that is a secret belongs into a connection.</param>
    /// <param name="path">The path under the connection's address; its address itself when left out.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    [OverloadResolutionPriority(1)] // Webhook("a", "b"): the second text is the path, not a file
    public static Notifier Webhook(string target, string? path, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var here = new SourceLocation(file, line);
        if (!target.Contains("://", StringComparison.Ordinal))
        {
            ScriptScope.Current.CheckId("connection", target, here);
            return new Notifier(new NotifierModel(NotifierKind.Webhook, Connection: target, Url: path));
        }

        if (!Uri.TryCreate(target, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            ScriptScope.Current.Report(FlowCodes.BadSetting, "Webhook's address is no http:// or https:// address.", here);
        if (path is not null)
            ScriptScope.Current.Report(FlowCodes.BadSetting, "Webhook takes a path only with a connection; write the whole address.", here);
        return new Notifier(new NotifierModel(NotifierKind.Webhook, Url: target));
    }

    /// <summary>A POST of JSON: to an address, or through a stored <c>http</c> connection with its token and headers.</summary>
    /// <param name="target">An <c>http://</c> or <c>https://</c> address, or the id of a connection. An address that is a secret belongs into a connection.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public static Notifier Webhook(string target, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Webhook(target, null, file, line);

    /// <summary>A POST of JSON through a stored <c>http</c> connection that the script has declared.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="path">The path under its address; its address itself when left out.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public static Notifier Webhook<T>(
        Connection<T> connection, string? path = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Webhook(connection.Id, path, file, line);
}
