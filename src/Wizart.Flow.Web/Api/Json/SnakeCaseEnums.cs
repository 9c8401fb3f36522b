using System.Text.Json;
using System.Text.Json.Serialization;

namespace Wizart.Flow.Web;

/// <summary>Enums as the words of the API: lower case with underscores, <c>up_for_retry</c>; numbers are refused.</summary>
public sealed class SnakeCaseEnums : JsonConverterFactory
{
    private static readonly JsonStringEnumConverter Words = new(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);

    /// <summary>The API's word for a value.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>The value of a word; null when there is none.</summary>
    public static T? Read<T>(string word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (string.Equals(Word(value), word, StringComparison.OrdinalIgnoreCase)) return value;
        return null;
    }

    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => Words.CanConvert(typeToConvert);

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        Words.CreateConverter(typeToConvert, options);
}
