using System.Reflection;

namespace Wizart.Flow.Runtime.Errors;

/// <summary>The exception that the body threw, without what reflection and tasks wrap around it.</summary>
internal static class Unwrapped
{
    public static Exception Of(Exception exception)
    {
        while (true)
        {
            switch (exception)
            {
                case TargetInvocationException { InnerException: { } inner }:
                    exception = inner;
                    break;
                case AggregateException aggregate when aggregate.Flatten().InnerExceptions is [var only]:
                    exception = only;
                    break;
                default:
                    return exception;
            }
        }
    }
}
