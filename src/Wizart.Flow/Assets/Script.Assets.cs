using System.Runtime.CompilerServices;
using Wizart.Flow.Model;

namespace Wizart.Flow;

public static partial class Script
{
    /// <summary>A named piece of data with a value: a schedule, an input (its latest value), and what <c>.Into(asset)</c> updates.</summary>
    /// <typeparam name="T">The value's type; the same in all scripts that name the asset.</typeparam>
    /// <param name="uri">The name: a scheme and a path, <c>"wizart://prices"</c>. The same text is the same asset, in all scripts.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public static Asset<T> Asset<T>(string uri, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new(uri, new SourceLocation(file, line));

    /// <summary>A named piece of data without a value of its own: it tells that data elsewhere, a table or a file, are new.</summary>
    /// <param name="uri">The name: a scheme and a path, <c>"postgres://dwh/orders"</c>.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public static Asset Asset(string uri, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new(uri, new SourceLocation(file, line));
}
