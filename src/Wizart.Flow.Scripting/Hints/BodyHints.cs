using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting;

/// <summary>Advice when a body doesn't fit the inputs that <c>From</c> names.</summary>
internal static class BodyHints
{
    private static readonly string[] Letters = ["a", "b", "c", "d", "e", "f"];

    /// <summary>A lambda that takes another number of inputs.</summary>
    public static (string, string)? InputCount(Mistake mistake)
    {
        if (mistake.Nearest<AnonymousFunctionExpressionSyntax>() is not { } lambda || Inputs(mistake) is not var (inputs, word)) return null;
        var takes = lambda switch
        {
            ParenthesizedLambdaExpressionSyntax p => p.ParameterList.Parameters.Count,
            SimpleLambdaExpressionSyntax => 1,
            _ => -1,
        };
        if (takes < 0 || takes == inputs.Length) return null;
        if (inputs.Length == 0)
            return (FlowCodes.HintInputCount, $"This task names no inputs, so its body takes none: {word}(() => …). To give it some, write .From(…) before .{word}.");

        var example = inputs.Length == 1 ? Letters[0] : $"({string.Join(", ", Letters.Take(inputs.Length))})";
        return (FlowCodes.HintInputCount, string.Create(
            CultureInfo.InvariantCulture,
            $"A body takes what From names, in the same order: here {Count(inputs.Length)} {Mistake.Show(inputs)}, but this one takes {takes}. Write {word}({example} => …), or change From."));
    }

    /// <summary>A lambda whose parameters have other types.</summary>
    public static (string, string)? LambdaTypes(Mistake mistake)
    {
        if (Inputs(mistake) is not var (inputs, word)) return null;
        return (FlowCodes.HintInputType,
            $"The types of a body's inputs come from From: here {Mistake.Show(inputs)}. Leave the types out in {word}, or write exactly these.");
    }

    /// <summary>A named function that takes something else.</summary>
    public static (string, string)? Function(Mistake mistake)
    {
        if (Inputs(mistake) is not var (inputs, word)) return null;
        if (mistake.Call()?.Call.ArgumentList.Arguments.FirstOrDefault()?.Expression is not { } body) return null;
        if (mistake.MeaningsOf(body).OfType<IMethodSymbol>().FirstOrDefault() is not { } function) return null;
        var takes = function.Parameters.Select(p => p.Type).ToList();
        if (takes.SequenceEqual(inputs, SymbolEqualityComparer.Default)) return null;
        var code = takes.Count == inputs.Length ? FlowCodes.HintInputType : FlowCodes.HintInputCount;
        return (code, $"{function.Name} takes {Mistake.Show(takes)}, but {word} gives it what From names, in the same order: {Mistake.Show(inputs)}. Change the one or the other.");
    }

    /// <summary>A body without <c>From</c>, where the compiler can't infer anything.</summary>
    public static (string, string)? NoInputs(Mistake mistake) =>
        Inputs(mistake) is var (inputs, word) && inputs.Length == 0 && mistake.Nearest<AnonymousFunctionExpressionSyntax>() is null
            ? (FlowCodes.HintInputCount, $"The compiler can't tell what this body gives. Write {word}(() => …) with an expression or a return of one type.")
            : null;

    private static (ITypeSymbol[] Inputs, string Word)? Inputs(Mistake mistake)
    {
        if (mistake.Call() is not var (_, receiver, word) || word is not ("Run" or "OnlyIf")) return null;
        return mistake.TypeOf(receiver) is INamedTypeSymbol type && Mistake.IsOurs(type, "TaskBuilder") ? ([.. type.TypeArguments], word) : null;
    }

    private static string Count(int inputs) => inputs == 1 ? "one input," : string.Create(CultureInfo.InvariantCulture, $"{inputs} inputs,");
}
