using System.Text.Json;
using System.Text.Json.Serialization;
using Wizart.Flow.Web.Ui.Finder;
using Wizart.Flow.Web.Ui.Graph;
using Wizart.Flow.Web.Ui.Grid;
using Wizart.Flow.Web.Ui.Metrics;

namespace Wizart.Flow.Web.Ui;

/// <summary>What the pages' scripts read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Found[]))]
[JsonSerializable(typeof(GridColumnUpdate))]
[JsonSerializable(typeof(Dictionary<string, NodeUpdate>))]
[JsonSerializable(typeof(ChartData))]
internal sealed partial class UiJson : JsonSerializerContext;
