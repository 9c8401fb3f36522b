using Wizart.Flow.Connections;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime.Errors;
using Wizart.Flow.Runtime.Images;
using Wizart.Flow.Runtime.Logs;

namespace Wizart.Flow.Runtime.Descriptions;

/// <summary>Evaluates a script here and now and describes what it declares; what it throws becomes a diagnostic.</summary>
internal static class ScriptDescriber
{
    public static ScriptDescription Describe(ImageCache images, ConnectionTypes connectionTypes, ImageReference reference, string file)
    {
        ScriptImage? image = null;
        try
        {
            image = images.Get(reference);
            return image.Evaluate(connectionTypes).Describe();
        }
        catch (Exception thrown)
        {
            var exception = Unwrapped.Of(thrown);
            var error = ErrorReport.Of(thrown, image, SecretMask.None);
            return exception switch
            {
                ImageException => DescribeFailures.Of(FlowCodes.ScriptThrew, error.Message, new SourceLocation(file, 0)),
                OutOfMemoryException => DescribeFailures.TooLarge(file, error.Location),
                _ => DescribeFailures.Threw(file, error),
            };
        }
    }
}
