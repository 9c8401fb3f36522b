using System.CommandLine;
using System.Text.Json;

namespace Wizart.Flow.Host.Cli;

/// <summary><c>flow variables get|set|remove</c>.</summary>
internal static class VariablesVerb
{
    public static Command Create(CommonOptions options, Terminal terminal) => new("variables", "Reads and sets stored variables.")
    {
        new Get(options, terminal).Create(), new Set(options, terminal).Create(), new Remove(options, terminal).Create(),
    };

    private static Argument<string> Name() => new("NAME") { Description = "The variable's name." };

    private sealed class Get(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
    {
        private readonly Argument<string> _name = Name();

        protected override Command Declare() => new("get", "Shows a variable.") { _name };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var variable = await client.VariableAsync(parsed.GetRequiredValue(_name), cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(variable);
            else Terminal.Out.WriteLine(variable.Value.ToString());
            return ExitCodes.Fine;
        }
    }

    private sealed class Set(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
    {
        private readonly Argument<string> _name = Name();
        private readonly Argument<string> _value = new("VALUE") { Description = "JSON (12, true, {\"a\": 1}); anything else is a text." };

        protected override Command Declare() => new("set", "Sets a variable.") { _name, _value };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var variable = await client.SetVariableAsync(parsed.GetRequiredValue(_name), Json(parsed.GetRequiredValue(_value)), cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(variable);
            else Terminal.Out.WriteLine($"{variable.Name} = {variable.Value}");
            return ExitCodes.Fine;
        }

        private static string Json(string value)
        {
            try
            {
                using var document = JsonDocument.Parse(value);
                return document.RootElement.GetRawText();
            }
            catch (JsonException)
            {
                return JsonSerializer.Serialize(value);
            }
        }
    }

    private sealed class Remove(CommonOptions options, Terminal terminal) : DaemonVerb(options, terminal)
    {
        private readonly Argument<string> _name = Name();

        protected override Command Declare() => new("remove", "Removes a variable; scripts see their default again.") { _name };

        protected override async Task<int> RunAsync(ParseResult parsed, FlowClient client, CancellationToken cancellation)
        {
            var name = parsed.GetRequiredValue(_name);
            await client.RemoveVariableAsync(name, cancellation);
            if (IsJson(parsed)) Terminal.WriteJson(writer => writer.WriteNullValue());
            else Terminal.Out.WriteLine($"{name} is removed.");
            return ExitCodes.Fine;
        }
    }
}
