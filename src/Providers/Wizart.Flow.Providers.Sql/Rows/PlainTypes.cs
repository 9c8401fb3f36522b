namespace Wizart.Flow.Providers.Sql.Rows;

/// <summary>The types that are one value in a column; everything else goes into a column as JSON.</summary>
internal static class PlainTypes
{
    public static bool Contains(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return (type.IsPrimitive && type != typeof(IntPtr) && type != typeof(UIntPtr)) || type.IsEnum || Others.Contains(type);
    }

    private static readonly HashSet<Type> Others =
    [
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly),
        typeof(TimeSpan), typeof(Guid), typeof(byte[]), typeof(Uri), typeof(Version),
    ];
}
