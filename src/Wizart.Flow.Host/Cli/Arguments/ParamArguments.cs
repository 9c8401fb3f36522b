using System.Text.Json;
using Wizart.Flow.Engine;
using Wizart.Flow.Model;
using Wizart.Flow.Values;

namespace Wizart.Flow.Host.Cli;

/// <summary>Params and dates as they are given on the command line.</summary>
internal static class ParamArguments
{
    /// <summary>Reads <c>name=value</c> texts by the params of a DAG.</summary>
    /// <exception cref="CliException">Something is wrong; all of it is told.</exception>
    public static Dictionary<string, JsonElement> Read(DagModel model, IReadOnlyList<string> given)
    {
        var wrong = new List<string>();
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var text in given)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                wrong.Add($"'{text}' for --param is not NAME=VALUE.");
                continue;
            }

            var name = text[..equals];
            if (model.Params.FirstOrDefault(p => p.Name == name) is not { } param) wrong.Add(Unknown(model, name));
            else if (values.ContainsKey(name)) wrong.Add($"Param '{name}' is given twice.");
            else if (ParamRules.Read(param, text[(equals + 1)..], out var value) is { } why) wrong.Add(why);
            else values[name] = value;
        }

        wrong.AddRange(model.Params.Where(p => p.Required && !given.Any(g => g.StartsWith($"{p.Name}=", StringComparison.Ordinal)))
            .Select(p => $"Param '{p.Name}' ({p.Type}) must be given: --param {p.Name}=…"));
        return wrong.Count == 0 ? values : throw CliException.Usage(string.Join(Environment.NewLine + "       ", wrong));
    }

    /// <summary>Reads a date; one without an offset is local to the DAG's zone.</summary>
    /// <exception cref="CliException">It is none.</exception>
    public static DateTimeOffset? Date(DagModel model, string? text, string option)
    {
        if (text is null) return null;
        return DateText.Read(text, model.Zone)
            ?? throw CliException.Usage($"'{text}' for {option} is not a date such as 2026-11-01 or 2026-11-01T06:00:00Z (ISO 8601).");
    }

    private static string Unknown(DagModel model, string name)
    {
        var known = model.Params.Count == 0 ? "It has no params." : $"It has: {string.Join(", ", model.Params.Select(p => p.Name))}.";
        return $"DAG '{model.Id}' has no param '{name}'.{Nearest.Hint(name, model.Params.Select(p => p.Name))} {known}";
    }
}
