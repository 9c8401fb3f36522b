using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Wizart.Flow.Model;

namespace Wizart.Flow.Runtime.Errors;

/// <summary>The stack of one exception as its author cares about it: no plumbing, script frames as <c>file.csx:line</c>.</summary>
internal static class StackLines
{
    private const int MostFrames = 100;

    /// <summary>The innermost place in the script; null when the script is not on the stack.</summary>
    public static SourceLocation? FirstIn(Assembly? script, Exception exception)
    {
        if (script is null) return null;
        foreach (var frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetMethod()?.Module.Assembly != script || frame.GetFileName() is not { } file) continue;
            return new SourceLocation(file, frame.GetFileLineNumber(), frame.GetFileColumnNumber());
        }

        return null;
    }

    public static IEnumerable<string> Of(Exception exception)
    {
        var shown = 0;
        var left = 0;
        foreach (var frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
        {
            if (frame.GetMethod() is not { } method || IsPlumbing(method)) continue;
            if (++shown <= MostFrames) yield return "   at " + ReadableNames.OfMethod(method) + Place(frame);
            else left++;
        }

        if (left > 0) yield return string.Create(CultureInfo.InvariantCulture, $"   … and {left} frames more");
    }

    private static string Place(StackFrame frame) => frame.GetFileName() is { } file
        ? string.Create(CultureInfo.InvariantCulture, $" in {Path.GetFileName(file)}:{frame.GetFileLineNumber()}")
        : "";

    private static bool IsPlumbing(MethodBase method)
    {
        if (method.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false)) return true;
        if (method.DeclaringType is not { } type) return false;
        if (type.IsDefined(typeof(StackTraceHiddenAttribute), inherit: false)) return true;
        if (type.Assembly.GetName().Name is "Wizart.Flow" or "Wizart.Flow.Runtime" or "Wizart.Flow.Worker") return true;
        return type.Namespace is { } name && PlumbingNamespaces.Any(p => name.StartsWith(p, StringComparison.Ordinal))
            || Plumbing.Contains(type.FullName ?? type.Name);
    }

    private static readonly string[] PlumbingNamespaces =
        ["System.Runtime.CompilerServices", "System.Runtime.ExceptionServices", "System.Threading.Tasks", "System.Reflection"];

    private static readonly HashSet<string> Plumbing =
    [
        "System.Threading.ExecutionContext", "System.Threading.Thread", "System.Threading.Thread+StartHelper",
        "System.Threading.ThreadPoolWorkQueue", "System.Threading.PortableThreadPool+WorkerThread",
        "System.RuntimeMethodHandle", "System.RuntimeType", "System.Activator", "System.MethodBaseInvoker", "System.ThrowHelper",
    ];
}
