using CsvHelper;
using Wizart.Flow.Providers.Csv.Fields;

namespace Wizart.Flow.Providers.Csv.Rows;

/// <summary>Writes rows of fields.</summary>
internal sealed class RowWriter : IDisposable
{
    private const string Formula = "=@+-\t\r";

    private readonly CsvWriter _writer;
    private readonly StreamWriter _text;
    private readonly bool _disarm;

    public RowWriter(Stream content, CsvFormat format)
    {
        _disarm = format.ForSpreadsheets;
        _text = new StreamWriter(content, format.Encoding, leaveOpen: true);
        _writer = CsvWriter.Create(
            _text,
            new CsvWriterOptions
            {
                Separator = format.Delimiter,
                NewLine = "\n",
                Injection = CsvInjection.None, // it would take -5 for a formula
            },
            leaveOpen: true);
    }

    public void Header(IEnumerable<string> names)
    {
        foreach (var name in names) _writer.WriteField(name);
        _writer.EndRecord();
    }

    public void Row(IEnumerable<object?> values)
    {
        foreach (var value in values)
        {
            // An empty text is told from nothing by its quotes.
            if (value is string { Length: 0 }) _writer.WriteField("", CsvQuoting.Always);
            else if (_disarm && value is string text && Formula.Contains(text[0])) _writer.WriteField("'" + text);
            else _writer.WriteField(FieldText.Write(value) ?? "");
        }

        _writer.EndRecord();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _text.Dispose();
    }
}
