using System.Text.Json;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Commands;

/// <summary>The values that people and programs give for what is declared: a run's params, a form's values.</summary>
internal static class GivenValues
{
    /// <summary>Checks what is given, all of it, and gives it in the order of the declaration.</summary>
    /// <param name="declared">What may be given.</param>
    /// <param name="given">The values by name.</param>
    /// <param name="owner">What declares them, to begin a sentence with: <c>DAG 'etl'</c>.</param>
    /// <param name="noun">What one of them is called, in lower case: <c>param</c>.</param>
    /// <exception cref="FlowCommandException">Values are refused, unknown or missing; each is told.</exception>
    public static Dictionary<string, JsonElement> Check(
        IReadOnlyList<ParamModel> declared, IReadOnlyDictionary<string, JsonElement> given, string owner, string noun)
    {
        var wrong = new List<string>();
        foreach (var name in given.Keys.Where(n => declared.All(p => p.Name != n)))
            wrong.Add($"{owner} has no {noun} '{name}'. It has: {(declared.Count == 0 ? "none" : string.Join(", ", declared.Select(p => p.Name)))}.");

        var values = new Dictionary<string, JsonElement>();
        foreach (var param in declared)
        {
            if (given.TryGetValue(param.Name, out var value))
            {
                if (ParamRules.WhyNot(param, value) is { } why) wrong.Add(why);
                else values[param.Name] = value;
            }
            else if (param.Required)
            {
                wrong.Add($"{char.ToUpperInvariant(noun[0])}{noun[1..]} '{param.Name}' ({param.Type}) must be given.");
            }
        }

        if (wrong.Count == 0) return values;
        throw new FlowCommandException(Refusal.Invalid, string.Join(" ", wrong), [.. wrong.Select(w => new Diagnostic(FlowCodes.BadParam, w, null))]);
    }
}
