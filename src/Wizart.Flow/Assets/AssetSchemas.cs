using System.Text.Json;
using System.Text.Json.Schema;
using Wizart.Flow.Values;

namespace Wizart.Flow;

/// <summary>The JSON schemas of assets' values, by which updates from outside are checked before they are taken.</summary>
internal static class AssetSchemas
{
    // It is stored with every version of every DAG that names the asset.
    private const int Largest = 16 * 1024;

    private static readonly JsonSerializerOptions Strict = new(ValueJson.Options)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The schema; null when the type has none, or one that is too large to be kept.</summary>
    public static JsonElement? Of(Type type)
    {
        try
        {
            var schema = Strict.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
            var text = schema.ToJsonString();
            if (text.Length > Largest) return null;
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (Exception error) when (error is NotSupportedException or InvalidOperationException)
        {
            return null; // a type that can't be stored is told of by its own diagnostic
        }
    }
}
