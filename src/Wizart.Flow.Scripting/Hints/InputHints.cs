using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting;

/// <summary>Advice when something is, or is not, an input.</summary>
internal static class InputHints
{
    private const int MostInputs = 6;

    /// <summary><c>From</c> or <c>After</c> with something that can't be taken.</summary>
    public static (string, string)? NotAnInput(Mistake mistake)
    {
        if (mistake.Call() is not var (call, _, word) || word is not ("From" or "After")) return null;
        foreach (var argument in call.ArgumentList.Arguments)
        {
            if (mistake.TypeOf(argument.Expression) is not { } type) continue;
            var shown = Mistake.Show(argument.Expression);
            if (word == "From" && Mistake.IsOurs(type, "TaskBuilder"))
                return (FlowCodes.HintNotAnInput, $"'{shown}' is a task that does nothing yet. End it with .Run(…); what Run gives is the input.");
            if (word == "From" && Mistake.IsOurs(type, "Done"))
                return (FlowCodes.HintNotAnInput, $"'{shown}' is a task that gives no value. To wait for it, write .After({shown}); to take its data, let its body return some.");
            if (word == "After" && !IsTask(type))
                return (FlowCodes.HintNotAnInput, $"After takes tasks, not {Mistake.Show(type)}: keep what dag.Task(…).Run(…) gives in a variable and name that.");
            if (word == "From" && !IsInput(type))
                return (FlowCodes.HintNotAnInput, $"'{shown}' is a plain value ({Mistake.Show(type)}), not an input. A body may use it as it is, without From; for a value that can be set, use Variable(…) or Param(…).");
        }

        return null;
    }

    /// <summary>An input used as if its value were known while the DAG is declared.</summary>
    public static (string, string)? ValueNotYetKnown(Mistake mistake)
    {
        if (Operands(mistake).FirstOrDefault(o => IsInput(mistake.TypeOf(o))) is not { } operand) return null;
        var type = (INamedTypeSymbol)mistake.TypeOf(operand)!;
        var what = type.Name == "Output" ? "the output of a task" : $"an input ({Mistake.Show(type)})";
        return (FlowCodes.HintValueNotYetKnown,
            $"'{Mistake.Show(operand)}' is {what}: its value ({Mistake.Show(type.TypeArguments[0])}) is known only when a task runs. Name it in From(…) and take it as a parameter of the body.");
    }

    /// <summary><c>Interval</c> and its like without their DAG.</summary>
    public static (string, string)? RunInput(Mistake mistake) =>
        mistake.Node is SimpleNameSyntax { Identifier.ValueText: "Interval" or "LogicalDate" or "Context" } name
            ? (FlowCodes.HintRunInput, $"A run's facts belong to its DAG: write dag.{name.Identifier.ValueText}, with the variable that holds Dag(…).")
            : null;

    /// <summary>More inputs than there may be.</summary>
    public static (string, string)? TooMany(Mistake mistake) =>
        mistake.Call() is var (call, _, word) && word == "From" && call.ArgumentList.Arguments.Count > MostInputs
            ? (FlowCodes.HintTooManyInputs, string.Create(CultureInfo.InvariantCulture, $"A task takes up to {MostInputs} inputs, not {call.ArgumentList.Arguments.Count}. Let a task before it put some of them together in one record."))
            : null;

    /// <summary>A client that no provider makes.</summary>
    public static (string, string)? UnknownClient(Mistake mistake)
    {
        if (mistake.Node.AncestorsAndSelf().OfType<GenericNameSyntax>().FirstOrDefault(g => g.Identifier.ValueText == "Connection") is null) return null;
        var known = mistake.Providers.Count == 0 ? "No providers are installed" : $"Installed providers: {string.Join(", ", mistake.Providers)}";
        return (FlowCodes.HintUnknownClient, $"No provider makes a client called '{mistake.Node}'. {known}.");
    }

    /// <summary>A word said of the wrong thing.</summary>
    public static (string, string)? WrongWord(Mistake mistake)
    {
        if (mistake.Node.AncestorsAndSelf().OfType<MemberAccessExpressionSyntax>().FirstOrDefault() is not { } access) return null;
        var type = mistake.TypeOf(access.Expression);
        var word = access.Name.Identifier.ValueText;
        if (Mistake.IsOurs(type, "Dag") && word is ("Run" or "From" or "After" or "OnlyIf" or "When"))
            return (FlowCodes.HintWrongWord, $"'{word}' is a word of a task, not of a DAG: dag.Task(\"…\").{word}(…).");
        if (!Mistake.IsOurs(type, "Output", "Done")) return null;
        return word switch
        {
            "From" or "OnlyIf" or "Retry" or "Timeout" or "Describe" or "Priority" or "Pool" or "Queue" or "MaxActive" or "DependsOnPast" or "AllowFailure" or "When" or "After" =>
                (FlowCodes.HintWrongWord, $"Run ends a task; say '{word}' before Run: dag.Task(\"…\").{word}(…).Run(…)."),
            "Task" or "Schedule" =>
                (FlowCodes.HintWrongWord, $"'{Mistake.Show(access.Expression)}' is a task, not a DAG. Keep Dag(…) in a variable of its own, and say '{word}' of that."),
            _ => null,
        };
    }

    private static IEnumerable<ExpressionSyntax> Operands(Mistake mistake) => mistake.Error.Id switch
    {
        "CS1061" or "CS1929" => mistake.Node.AncestorsAndSelf().OfType<MemberAccessExpressionSyntax>().Take(1).Select(a => a.Expression)
            .Concat(mistake.Node is ExpressionSyntax self ? [self] : []),
        "CS0019" => mistake.Nearest<BinaryExpressionSyntax>() is { } binary ? [binary.Left, binary.Right]
            : mistake.Nearest<AssignmentExpressionSyntax>() is { } assignment ? [assignment.Right] : [],
        "CS0021" => mistake.Nearest<ElementAccessExpressionSyntax>() is { } element ? [element.Expression] : [],
        "CS0023" => mistake.Nearest<PrefixUnaryExpressionSyntax>() is { } prefix ? [prefix.Operand] : [],
        "CS1579" => mistake.Nearest<ForEachStatementSyntax>() is { } loop ? [loop.Expression] : [],
        _ => mistake.Node is ExpressionSyntax expression ? [expression] : mistake.Node is ArgumentSyntax argument ? [argument.Expression] : [],
    };

    private static bool IsInput(ITypeSymbol? type) =>
        type is INamedTypeSymbol { TypeArguments.Length: 1 } && (Mistake.IsOurs(type, "IInput") || type.AllInterfaces.Any(i => Mistake.IsOurs(i, "IInput")));

    private static bool IsTask(ITypeSymbol type) => Mistake.IsOurs(type, "ITask") || type.AllInterfaces.Any(i => Mistake.IsOurs(i, "ITask"));
}
