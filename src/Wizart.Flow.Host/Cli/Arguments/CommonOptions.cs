using System.CommandLine;
using System.Globalization;

namespace Wizart.Flow.Host.Cli;

/// <summary>Options that several verbs have.</summary>
internal sealed class CommonOptions
{
    /// <summary>Where the scripts are; understood by every verb.</summary>
    public Option<string?> Pipelines { get; } = new("--pipelines")
    {
        Description = "The folder of scripts. Default: ./pipelines, or the setting Flow:Pipelines.",
        HelpName = "DIR",
        Recursive = true,
    };

    /// <summary>Where the daemon's own files are; understood by every verb.</summary>
    public Option<string?> State { get; } = new("--state")
    {
        Description = "The folder of the daemon's own files. Default: ./.flow, or the setting Flow:State.",
        HelpName = "DIR",
        Recursive = true,
    };

    /// <summary>For whom to write.</summary>
    public Option<OutputFormat?> Output { get; } = new("--output", "-o")
    {
        Description = "text for people, or json: one JSON document on standard output, all else on standard error.",
        HelpName = "text|json",
        CustomParser = result =>
        {
            if (Enum.TryParse<OutputFormat>(result.Tokens[0].Value, ignoreCase: true, out var format) && !int.TryParse(result.Tokens[0].Value, out _))
                return format;
            result.AddError($"'{result.Tokens[0].Value}' for --output is not text or json.");
            return null;
        },
    };

    /// <summary>Which daemon.</summary>
    public Option<string?> Url { get; } = new("--url")
    {
        Description = "Where the daemon listens. Default: FLOW_URL, or what the daemon wrote into its state folder.",
        HelpName = "URL",
    };

    /// <summary>What opens its API.</summary>
    public Option<string?> Token { get; } = new("--token")
    {
        Description = "The daemon's token. Default: FLOW_TOKEN, or what the daemon wrote into its state folder.",
        HelpName = "TOKEN",
    };

    /// <summary>Params of a run.</summary>
    public Option<string[]> Params { get; } = new("--param", "-p")
    {
        Description = "A param of the run, as often as needed. Values are read by the param's type: text, 12, true, 20s, 2026-11-01, JSON.",
        HelpName = "NAME=VALUE",
    };

    /// <summary>The interval of a run.</summary>
    public Option<string?> Date { get; } = new("--date")
    {
        Description = "The run covers the interval that this lies in (ISO 8601, local to the schedule's zone). Default: the newest complete one.",
        HelpName = "DATE",
    };

    /// <summary>A number within limits.</summary>
    public static Option<int?> Number(string name, string description, int minimum, int maximum) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number >= minimum && number <= maximum) return number;
            result.AddError(maximum == int.MaxValue
                ? $"'{text}' for {name} is not a whole number of at least {minimum}."
                : $"'{text}' for {name} is not a whole number from {minimum} to {maximum}.");
            return null;
        },
    };

    /// <summary>The DAG that a verb is about.</summary>
    public static Argument<string> Dag() => new("DAG") { Description = "The DAG's id." };

    /// <summary>The run that a verb is about.</summary>
    public static Argument<string> Run() => new("RUN") { Description = "The run's number, or latest." };
}
