using System.Text.Json;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Tests;

/// <summary>DAGs as scripts would declare them.</summary>
internal static class Models
{
    /// <summary>Tasks in a chain.</summary>
    public static DagModel Chain(string id, params string[] tasks) => new()
    {
        Id = id,
        Description = $"About {id}",
        Tasks =
        [
            .. tasks.Select((task, index) => new TaskModel
            {
                Id = task, Index = index, Upstream = index == 0 ? [] : [index - 1], Output = new TypeModel("int"),
            }),
        ],
    };

    /// <summary>Every day at six in Minsk, the runs of 2026 on.</summary>
    public static DagModel Daily(string id) => Chain(id, "extract", "load") with
    {
        Schedule = new CronScheduleModel("0 6 * * *") { Text = "Daily at 06:00, Europe/Minsk", Zone = "Europe/Minsk" },
        StartingOn = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(3)),
    };

    /// <summary>With a number between 1 and 10, and a text that must be given.</summary>
    public static DagModel WithParams(string id) => Chain(id, "only") with
    {
        Params =
        [
            new ParamModel
            {
                Name = "limit", Type = new TypeModel("int"), ValueKind = ParamValueKind.Integer, Minimum = Json("1"), Maximum = Json("10"), Default = Json("5"),
            },
            new ParamModel { Name = "brand", Type = new TypeModel("string"), ValueKind = ParamValueKind.Text, Required = true },
        ],
    };

    public static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
