using System.Text.Json;

namespace Wizart.Flow.Values;

/// <summary>Declared values of params and variables as JSON.</summary>
internal static class StoredDefault
{
    /// <summary>The value; null when its type can't be stored, which is reported where the value is taken.</summary>
    public static JsonElement Of<T>(T value) => JsonSerializer.SerializeToElement(
        StorableTypes.WhyNot(typeof(T)) is null ? (object?)value : null,
        StorableTypes.WhyNot(typeof(T)) is null ? typeof(T) : typeof(object),
        ValueJson.Options);
}
