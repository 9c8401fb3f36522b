using System.Text.Json;
using Wizart.Flow.Model;
using Wizart.Flow.Values;

namespace Wizart.Flow;

/// <summary>Which kind of form field a .NET type asks for.</summary>
internal static class ParamKinds
{
    public static ParamValueKind Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum) return ParamValueKind.Enum;
        if (type == typeof(string)) return ParamValueKind.Text;
        if (type == typeof(bool)) return ParamValueKind.Boolean;
        if (type == typeof(TimeSpan)) return ParamValueKind.Duration;
        if (type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly)) return ParamValueKind.DateTime;
        if (type == typeof(float) || type == typeof(double) || type == typeof(decimal)) return ParamValueKind.Number;
        if (type == typeof(byte) || type == typeof(short) || type == typeof(int) || type == typeof(long)
            || type == typeof(sbyte) || type == typeof(ushort) || type == typeof(uint) || type == typeof(ulong))
            return ParamValueKind.Integer;
        return ParamValueKind.Json;
    }

    public static IReadOnlyList<JsonElement>? EnumChoices(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum ? [.. Enum.GetNames(type).Select(n => JsonSerializer.SerializeToElement(n, ValueJson.Options))] : null;
    }
}
