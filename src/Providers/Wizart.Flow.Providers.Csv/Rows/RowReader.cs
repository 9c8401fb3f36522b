using System.Text;
using CsvHelper;

namespace Wizart.Flow.Providers.Csv.Rows;

/// <summary>The rows of one file, with the place of each.</summary>
internal sealed class RowReader : IDisposable
{
    private readonly CsvReader _reader;
    private readonly TextReader _text;

    public RowReader(string name, Stream content, CsvFormat format)
    {
        Name = name;
        var strict = Encoding.GetEncoding(format.Encoding.CodePage, format.Encoding.EncoderFallback, DecoderFallback.ExceptionFallback);
        _text = new StreamReader(content, strict, detectEncodingFromByteOrderMarks: true);
        _reader = CsvReader.Create(
            _text,
            new CsvReaderOptions
            {
                Separator = format.Delimiter,
                TrackLineNumbers = true,
                DetectSeparatorHint = false,
                MalformedData = CsvMalformedDataHandling.Throw,
            },
            leaveOpen: true);
        Header = Guard(() =>
        {
            _reader.ReadHeader();
            return _reader.Headers.ToArray();
        });
        if (Header.Length == 0) throw Broken(1, null, "", "the file is empty: there is not even a header.");
    }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    public string[] Header { get; }

    public long Line => _reader.LineNumber;

    /// <summary>The row as it stands in the file.</summary>
    public string Raw => Encoding.UTF8.GetString(_reader.RawRecord);

    /// <summary>Goes to the next row.</summary>
    /// <exception cref="CsvException">The file breaks off or has stray quotes, so that nothing after this place can be told for sure.</exception>
    public bool Read() => Guard(_reader.Read);

    /// <summary>Why the row has not the fields of the header; null when it has.</summary>
    public CsvError? Mismatch() => _reader.FieldCount == Header.Length
        ? null
        : CsvError.Of(Name, Line, null, Raw, $"the row has {_reader.FieldCount} fields, the header {Header.Length}: {Shown(Raw)}");

    /// <summary>The text of a field; null when there is nothing, not even quotes.</summary>
    public string? Field(int index) => _reader.GetRawSpan(index).IsEmpty ? null : _reader.GetString(index);

    public CsvException Broken(long line, string? column, string text, string message, Exception? inner = null) =>
        new([CsvError.Of(Name, line, column, text, message)], inner);

    public void Dispose()
    {
        _reader.Dispose();
        _text.Dispose();
    }

    private TResult Guard<TResult>(Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException error)
        {
            throw Broken(Math.Max(error.LineNumber, 1), null, "", $"the quotes are broken: {error.Message}", error);
        }
        catch (DecoderFallbackException error)
        {
            throw Broken(_reader.LineNumber + 1, null, "", "near here the text is not in the encoding of the format, which is UTF-8 unless said otherwise. Give the file's own: new CsvFormat { Encoding = Encoding.Latin1 }.", error);
        }
        catch (InvalidDataException error)
        {
            throw Broken(Math.Max(_reader.LineNumber, 1), null, "", $"the file can't be unpacked: {error.Message}", error);
        }
    }

    private static string Shown(string text) => text.Length > 200 ? text[..200] + "…" : text;
}
