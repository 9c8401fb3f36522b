using System.Text;

namespace Wizart.Flow.Providers.Csv;

/// <summary>How a file is written. The default is what most programs understand: commas, a header, UTF-8.</summary>
public sealed record CsvFormat
{
    /// <summary>The default.</summary>
    public static CsvFormat Default { get; } = new();

    /// <summary>What stands between fields. Comma by default; <c>;</c> and tab are usual too.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>UTF-8 by default; a byte order mark goes before it when a file is read.</summary>
    public Encoding Encoding { get; init; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Texts that a spreadsheet would take for a formula (<c>=</c>, <c>@</c>, <c>+</c>, <c>-</c> first) get a <c>'</c> before
    /// them. Off by default: what is read is then what was written.
    /// </summary>
    public bool ForSpreadsheets { get; init; }
}
