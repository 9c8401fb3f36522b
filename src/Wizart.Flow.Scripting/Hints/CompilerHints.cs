using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Diagnostic = Wizart.Flow.Model.Diagnostic;
using DiagnosticSeverity = Wizart.Flow.Model.DiagnosticSeverity;

namespace Wizart.Flow.Scripting;

/// <summary>FLOW2xx: advice beside those compiler errors that speak of our types where the author thinks of tasks and inputs.</summary>
internal static class CompilerHints
{
    /// <summary>The advice there is, as warnings at the errors' places, one for each place.</summary>
    public static IEnumerable<Diagnostic> For(
        CSharpCompilation compilation, IEnumerable<Microsoft.CodeAnalysis.Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var errors = diagnostics.Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error && d.Location.SourceTree is not null);
        foreach (var error in errors.Take(CompilerDiagnostics.MaxListed))
        {
            var mistake = new Mistake(compilation, error, cancellation);
            if (Advice(mistake) is var (code, message))
                yield return new Diagnostic(code, message, Places.Of(error.Location), DiagnosticSeverity.Warning);
        }
    }

    private static (string Code, string Message)? Advice(Mistake mistake) => mistake.Error.Id switch
    {
        "CS1593" => BodyHints.InputCount(mistake),
        "CS1661" => BodyHints.LambdaTypes(mistake),
        "CS0123" or "CS0407" => BodyHints.Function(mistake),
        "CS1503" => BodyHints.Function(mistake) ?? InputHints.NotAnInput(mistake) ?? InputHints.ValueNotYetKnown(mistake),
        "CS0411" => InputHints.NotAnInput(mistake) ?? BodyHints.Function(mistake) ?? BodyHints.NoInputs(mistake),
        "CS1501" or "CS7036" or "CS1729" => InputHints.TooMany(mistake),
        "CS0103" => InputHints.RunInput(mistake),
        "CS0246" => InputHints.UnknownClient(mistake),
        "CS1061" => InputHints.WrongWord(mistake) ?? InputHints.ValueNotYetKnown(mistake),
        "CS0019" or "CS0021" or "CS0023" or "CS0029" or "CS0266" or "CS1579" or "CS1929" => InputHints.ValueNotYetKnown(mistake),
        _ => null,
    };
}
