using System.Text.Json;
using System.Text.Json.Serialization;
using Wizart.Flow.Web.Ui.Finder;
using Wizart.Flow.Web.Ui.Graph;
using Wizart.Flow.Web.Ui.Grid;

namespace Wizart.Flow.Web.Ui;

/// <summary>What the pages' scripts read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Found[]))]
[JsonSerializable(typeof(GridColumnUpdate))]
[JsonSerializable(typeof(Dictionary<string, NodeUpdate>))]
internal sealed partial class UiJson : JsonSerializerContext;
