using System.Text.Json;
using System.Text.Json.Serialization;
using Wizart.Flow.Web.Ui.Finder;

namespace Wizart.Flow.Web.Ui;

/// <summary>What the pages' scripts read.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Found[]))]
internal sealed partial class UiJson : JsonSerializerContext;
