using System.Text.Json;

namespace Wizart.Flow.Values;

/// <summary>Declared values of params and variables as JSON.</summary>
internal static class StoredDefault
{
    /// <summary>The value; none when it is null, or when its type can't be stored, which is reported where it is taken.</summary>
    public static JsonElement? Of<T>(T value) => value is null || StorableTypes.WhyNot(typeof(T)) is not null
        ? null
        : JsonSerializer.SerializeToElement(value, ValueJson.Options);
}
