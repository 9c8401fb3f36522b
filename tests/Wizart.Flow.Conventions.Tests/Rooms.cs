namespace Wizart.Flow.Conventions.Tests;

/// <summary>The design's table: which project may use which. All but the generator may use <c>Wizart.Flow</c> itself.</summary>
internal static class Rooms
{
    public const string Language = "Wizart.Flow";
    public const string Providers = "Wizart.Flow.Providers.*";

    public static IReadOnlyDictionary<string, string[]> MayUse { get; } = new Dictionary<string, string[]>
    {
        ["Wizart.Flow"] = ["Wizart.Flow.Generator"],
        ["Wizart.Flow.Generator"] = [],
        [Providers] = [Language],
        ["Wizart.Flow.Runtime"] = [Language],
        ["Wizart.Flow.Scripting"] = [Language, "Wizart.Flow.Runtime"],
        ["Wizart.Flow.Engine"] = [Language],
        ["Wizart.Flow.Scheduling"] = [Language, "Wizart.Flow.Engine"],
        ["Wizart.Flow.Storage"] = [Language, "Wizart.Flow.Engine"],
        ["Wizart.Flow.Web"] = [Language, "Wizart.Flow.Engine"],
        ["Wizart.Flow.Worker"] = [Language, "Wizart.Flow.Runtime", Providers],
        ["Wizart.Flow.Testing"] = [Language, "Wizart.Flow.Scripting", "Wizart.Flow.Engine", "Wizart.Flow.Runtime"],
        ["Wizart.Flow.Host"] =
        [
            Language, "Wizart.Flow.Runtime", "Wizart.Flow.Scripting", "Wizart.Flow.Engine", "Wizart.Flow.Scheduling",
            "Wizart.Flow.Storage", "Wizart.Flow.Web", "Wizart.Flow.Worker", "Wizart.Flow.Testing", Providers,
        ],
    };

    /// <summary>What a project may use. A report is made of the tables and charts of two other providers; Python is a program, and programs are Shell's craft.</summary>
    public static string[] MayUseOf(string project) => project switch
    {
        "Wizart.Flow.Providers.Reports" => [Language, "Wizart.Flow.Providers.Charts", "Wizart.Flow.Providers.Csv"],
        "Wizart.Flow.Providers.Python" => [Language, "Wizart.Flow.Providers.Shell"],
        _ => MayUse[Of(project)],
    };

    /// <summary>Packages that belong to rooms; any other room that takes one has taken over a duty that is not its own.</summary>
    public static IReadOnlyDictionary<string, string[]> PackageHomes { get; } = new Dictionary<string, string[]>
    {
        ["Microsoft.CodeAnalysis"] = ["Wizart.Flow.Scripting", "Wizart.Flow.Generator"],
        ["Quartz"] = ["Wizart.Flow.Scheduling"],
        ["Microsoft.EntityFrameworkCore"] = ["Wizart.Flow.Storage"],
        ["Npgsql.EntityFrameworkCore"] = ["Wizart.Flow.Storage"],
        ["Microsoft.Data.Sqlite"] = ["Wizart.Flow.Storage", "Wizart.Flow.Providers.Sql"],
        ["Npgsql"] = ["Wizart.Flow.Storage", "Wizart.Flow.Providers.Sql"],
        ["CsvHelper"] = ["Wizart.Flow.Providers.Csv", "Wizart.Flow.Web"],
        ["ScottPlot"] = ["Wizart.Flow.Providers.Charts"],
        ["Google.Apis"] = ["Wizart.Flow.Providers.Sheets"],
        ["MailKit"] = ["Wizart.Flow.Providers.Mail"],
        ["System.CommandLine"] = ["Wizart.Flow.Host"],
        ["Spectre.Console"] = ["Wizart.Flow.Host"],
    };

    /// <summary>The room of a project: its own name, or that of all providers.</summary>
    public static string Of(string project) =>
        project.StartsWith(Providers[..^1], StringComparison.Ordinal) ? Providers : project;
}
