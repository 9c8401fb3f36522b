using System.Text;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime.Images;
using Wizart.Flow.Runtime.Logs;

namespace Wizart.Flow.Runtime.Errors;

/// <summary>Makes of an exception what a person reads: type, message, script line, a stack without plumbing; secrets hidden.</summary>
internal static class ErrorReport
{
    private const int LongestMessage = 16 * 1024;
    private const int LongestStack = 64 * 1024;
    private const int MostCauses = 10;

    public static TaskError Of(Exception thrown, ScriptImage? image, SecretMask mask)
    {
        var exception = Unwrapped.Of(thrown);
        var location = LocationOf(thrown, exception, image);
        return new TaskError
        {
            Type = ReadableNames.OfType(exception.GetType()),
            Message = mask.Hide(Cut(MessageOf(exception), LongestMessage)),
            Location = location,
            SourceLine = location is null ? null : image?.Symbols.Line(location.File, location.Line) is { } line ? mask.Hide(line) : null,
            Stack = mask.Hide(Cut(StackOf(exception), LongestStack)),
        };
    }

    /// <summary>The message, of an exception whose own code may throw.</summary>
    public static string MessageOf(Exception exception)
    {
        try
        {
            return exception.Message;
        }
        catch (Exception e)
        {
            return $"(its message can't be had: {e.GetType().Name})";
        }
    }

    /// <summary>The innermost script line of the exception, of its causes, or of what was wrapped around it.</summary>
    public static SourceLocation? LocationOf(Exception thrown, Exception exception, ScriptImage? image)
    {
        foreach (var candidate in Causes(exception).Append(thrown))
            if (StackLines.FirstIn(image?.Assembly, candidate) is { } location) return location;
        return null;
    }

    private static string StackOf(Exception exception)
    {
        var text = new StringBuilder();
        foreach (var cause in Causes(exception))
        {
            if (text.Length > 0) text.Append("caused by ");
            text.Append(ReadableNames.OfType(cause.GetType())).Append(": ").AppendLine(MessageOf(cause));
            foreach (var line in StackLines.Of(cause)) text.AppendLine(line);
        }

        return text.ToString().TrimEnd();
    }

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        var causes = new List<Exception>();
        Collect(exception, causes);
        return causes;
    }

    private static void Collect(Exception exception, List<Exception> causes)
    {
        if (causes.Count >= MostCauses || causes.Contains(exception)) return;
        causes.Add(exception);
        if (exception is AggregateException aggregate)
        {
            foreach (var inner in aggregate.InnerExceptions) Collect(Unwrapped.Of(inner), causes);
        }
        else if (exception.InnerException is { } inner)
        {
            Collect(Unwrapped.Of(inner), causes);
        }
    }

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most] + "…";
}
