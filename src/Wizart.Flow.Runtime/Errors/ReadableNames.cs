using System.Reflection;
using System.Text;
using Wizart.Flow.Model;

namespace Wizart.Flow.Runtime.Errors;

/// <summary>Methods and types as their author wrote them: what the compiler makes of lambdas, local functions, asynchronous methods and top-level code is undone.</summary>
internal static class ReadableNames
{
    /// <summary>The type without the script's own class around it.</summary>
    public static string OfType(Type type)
    {
        if (!IsInScript(type)) return type.FullName is { } name && !type.IsGenericType ? name.Replace('+', '.') : TypeModel.Of(type).Name;
        return TypeModel.Of(type).Name;
    }

    /// <summary><c>Transform(Order[] orders)</c>, <c>lambda (order)</c>, <c>System.Text.Json.JsonSerializer.Deserialize(string json)</c>.</summary>
    public static string OfMethod(MethodBase method)
    {
        var (type, name) = Written(method);
        var (shown, isLambda) = Simple(name);
        var text = new StringBuilder();
        if (isLambda) return text.Append(shown).Append(" (").AppendJoin(", ", method.GetParameters().Select(p => p.Name)).Append(')').ToString();
        if (shown == TopLevel) return shown;
        if (type is not null && !IsScriptClass(type)) text.Append(OfType(type)).Append('.');
        text.Append(shown);
        return method.Name == "MoveNext" && name != "MoveNext"
            ? text.Append("()").ToString()
            : text.Append('(').AppendJoin(", ", method.GetParameters().Select(p => $"{TypeModel.Of(p.ParameterType).Name} {p.Name}")).Append(')').ToString();
    }

    // The type and name an author would recognise: from a state machine to its method, from a closure to the type around it.
    private static (Type? Type, string Name) Written(MethodBase method)
    {
        var type = method.DeclaringType;
        var name = method.Name;
        if (name == "MoveNext" && type is not null && type.Name.StartsWith('<') && !type.Name.StartsWith("<>c", StringComparison.Ordinal))
        {
            name = type.Name;
            type = type.DeclaringType;
        }

        while (type is not null && type.Name.StartsWith("<>c", StringComparison.Ordinal)) type = type.DeclaringType;
        return (type, name);
    }

    private const string TopLevel = "top level of the script";

    private static (string Text, bool IsLambda) Simple(string name)
    {
        if (Between(name, "g__", '|') is { } local) return (local, false);
        if (name.Contains(">b__", StringComparison.Ordinal)) return ("lambda", true);
        if (name.Contains("<Initialize>", StringComparison.Ordinal) || name.Contains("<Factory>", StringComparison.Ordinal)) return (TopLevel, false);
        if (name.StartsWith('<') && name.IndexOf('>', StringComparison.Ordinal) is > 1 and var end) return (name[1..end], false);
        return name switch
        {
            ".ctor" => ("constructor", false),
            ".cctor" => ("static constructor", false),
            _ => (name, false),
        };
    }

    private static string? Between(string text, string start, char end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal);
        if (from < 0) return null;
        from += start.Length;
        var to = text.IndexOf(end, from);
        return to < 0 ? null : text[from..to];
    }

    private static bool IsInScript(Type type)
    {
        for (var outer = type.DeclaringType; outer is not null; outer = outer.DeclaringType)
            if (IsScriptClass(outer)) return true;
        return false;
    }

    private static bool IsScriptClass(Type type) => type is { Name: "Script", Namespace: null, DeclaringType: null };
}
