namespace Wizart.Flow.Host.Cli;

/// <summary>For whom a verb writes.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For programs: one JSON document, and nothing else, on standard output.</summary>
    Json,
}
