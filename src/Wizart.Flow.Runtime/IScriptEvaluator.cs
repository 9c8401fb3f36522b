using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Runtime;

/// <summary>Evaluates compiled scripts and tells what they declare; never in the daemon's own process when it serves.</summary>
public interface IScriptEvaluator
{
    /// <summary>Evaluates the script of an image and describes its DAGs; a script that throws, hangs, or kills its process gives diagnostics.</summary>
    /// <param name="image">The compiled script.</param>
    /// <param name="file">The path its diagnostics name.</param>
    /// <param name="cancellation">Gives the evaluation up.</param>
    Task<ScriptDescription> DescribeAsync(ImageReference image, string file, CancellationToken cancellation);
}
