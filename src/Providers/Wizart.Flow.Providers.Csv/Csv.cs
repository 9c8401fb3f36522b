using System.IO.Compression;
using System.Text;
using Wizart.Flow.Providers.Csv.Records;
using Wizart.Flow.Providers.Csv.Rows;

namespace Wizart.Flow.Providers.Csv;

/// <summary>
/// Records as CSV files and back. A column for each public property, in no culture: numbers with a point, dates as ISO 8601,
/// spans as <c>hh:mm:ss.fffffff</c>, enums by name, null as nothing, other types as JSON. A file whose name ends in
/// <c>.gz</c> is packed.
/// </summary>
public static class Csv
{
    private const int MostReported = 10;
    private const int MostBroken = 1000;

    /// <summary>Writes records to a file that is kept with the run. When their enumeration throws, no file is kept.</summary>
    /// <param name="name">The file name a person sees, such as <c>steps.csv</c>.</param>
    /// <param name="rows">The records; enumerated once, and none is held.</param>
    /// <param name="format">Commas and UTF-8 by default.</param>
    public static Artifact Write<T>(string name, IEnumerable<T> rows, CsvFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return ArtifactFile.Write(name, file => Packed(name, file, content => Put(content, rows, format)));
    }

    /// <summary>Writes a table to a file that is kept with the run.</summary>
    /// <inheritdoc cref="Write{T}(string, IEnumerable{T}, CsvFormat?)"/>
    public static Artifact Write(string name, Table table, CsvFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        return ArtifactFile.Write(name, file => Packed(name, file, content => Put(content, table, format)));
    }

    /// <summary>All records of a file.</summary>
    /// <exception cref="CsvException">A row is broken; nothing is given then. <see cref="TryRead{T}(Artifact, CsvFormat?)"/> gives the rest.</exception>
    public static T[] Read<T>(Artifact file, CsvFormat? format = null) => Whole(Reading<T>(() => Reader(file, format), MostReported));

    /// <summary>All records of a file in the file system; a relative path starts at the working folder.</summary>
    /// <inheritdoc cref="Read{T}(Artifact, CsvFormat?)"/>
    public static T[] Read<T>(string path, CsvFormat? format = null) => Whole(Reading<T>(() => Reader(path, format), MostReported));

    /// <summary>The good records of a file, and what is wrong with the others.</summary>
    /// <exception cref="CsvException">The header does not fit.</exception>
    public static CsvReading<T> TryRead<T>(Artifact file, CsvFormat? format = null) => Reading<T>(() => Reader(file, format), MostBroken);

    /// <inheritdoc cref="TryRead{T}(Artifact, CsvFormat?)"/>
    public static CsvReading<T> TryRead<T>(string path, CsvFormat? format = null) => Reading<T>(() => Reader(path, format), MostBroken);

    /// <summary>The records of a file one by one, for files larger than the memory. Throws at the broken row, after having given those before it.</summary>
    /// <exception cref="CsvException">A row is broken.</exception>
    public static IEnumerable<T> Stream<T>(Artifact file, CsvFormat? format = null) => Rows<T>(() => Reader(file, format));

    /// <inheritdoc cref="Stream{T}(Artifact, CsvFormat?)"/>
    public static IEnumerable<T> Stream<T>(string path, CsvFormat? format = null) => Rows<T>(() => Reader(path, format));

    /// <summary>A file as a table. A column whose fields are all numbers, dates, spans or truths has values of that type; others are texts.</summary>
    /// <exception cref="CsvException">A row is broken.</exception>
    public static Table ReadTable(Artifact file, CsvFormat? format = null) => TableOf(() => Reader(file, format));

    /// <inheritdoc cref="ReadTable(Artifact, CsvFormat?)"/>
    public static Table ReadTable(string path, CsvFormat? format = null) => TableOf(() => Reader(path, format));

    /// <summary>Records as the text of a file.</summary>
    public static string Text<T>(IEnumerable<T> rows, CsvFormat? format = null) => TextOf(content => Put(content, rows, format), format);

    /// <summary>A table as the text of a file.</summary>
    public static string Text(Table table, CsvFormat? format = null) => TextOf(content => Put(content, table, format), format);

    /// <summary>All records of a text.</summary>
    /// <exception cref="CsvException">A row is broken.</exception>
    public static T[] Parse<T>(string text, CsvFormat? format = null) => Whole(Reading<T>(() => Text(text, format), MostReported));

    /// <summary>A text as a table.</summary>
    /// <exception cref="CsvException">A row is broken.</exception>
    public static Table ParseTable(string text, CsvFormat? format = null) => TableOf(() => Text(text, format));

    private static void Put<T>(Stream content, IEnumerable<T> rows, CsvFormat? format)
    {
        var members = RecordShape.Of(typeof(T)).Members;
        using var writer = new RowWriter(content, format ?? CsvFormat.Default);
        writer.Header(members.Select(ColumnName.Of));
        foreach (var row in rows)
        {
            if (row is null) throw new ArgumentException("One of the records is null; a row can't be written of it.", nameof(rows));
            writer.Row(members.Select(m => m.GetValue(row)));
        }
    }

    private static void Put(Stream content, Table table, CsvFormat? format)
    {
        using var writer = new RowWriter(content, format ?? CsvFormat.Default);
        writer.Header(table.Columns);
        foreach (var row in table.Rows) writer.Row(row.Values);
    }

    private static CsvReading<T> Reading<T>(Func<RowReader> open, int most)
    {
        var (good, broken) = (new List<T>(), new List<CsvError>());
        using var reader = open();
        var maker = Maker<T>(reader);
        try
        {
            while (broken.Count < most && reader.Read())
            {
                if (Next(reader, maker, out var row) is { } error) broken.Add(error);
                else good.Add(row!);
            }
        }
        catch (CsvException error)
        {
            broken.AddRange(error.Errors);
        }

        return new CsvReading<T>([.. good], [.. broken]);
    }

    private static T[] Whole<T>(CsvReading<T> reading) => reading.IsWhole ? reading.Rows : throw new CsvException(reading.Errors);

    private static IEnumerable<T> Rows<T>(Func<RowReader> open)
    {
        using var reader = open();
        var maker = Maker<T>(reader);
        while (reader.Read())
            yield return Next(reader, maker, out var row) is { } error ? throw new CsvException([error]) : row!;
    }

    private static RecordMaker<T> Maker<T>(RowReader reader)
    {
        try
        {
            return new RecordMaker<T>(reader.Header);
        }
        catch (HeaderException error)
        {
            throw reader.Broken(1, null, string.Join(',', reader.Header), error.Message, error);
        }
    }

    private static CsvError? Next<T>(RowReader reader, RecordMaker<T> maker, out T? row)
    {
        row = default;
        if (reader.Mismatch() is { } mismatch) return mismatch;
        return maker.TryMake(reader.Field, out row) is var (index, why)
            ? CsvError.Of(reader.Name, reader.Line, reader.Header[index], reader.Field(index) ?? "", why)
            : null;
    }

    private static Table TableOf(Func<RowReader> open)
    {
        using var reader = open();
        var rows = new List<string?[]>();
        while (reader.Read())
        {
            if (reader.Mismatch() is { } mismatch) throw new CsvException([mismatch]);
            rows.Add([.. Enumerable.Range(0, reader.Header.Length).Select(reader.Field)]);
        }

        return Table.OfTexts(reader.Header, rows);
    }

    private static RowReader Reader(Artifact file, CsvFormat? format)
    {
        ArgumentNullException.ThrowIfNull(file);
        return new RowReader(file.Name, Unpacked(file.Name, ArtifactFile.Open(file)), format ?? CsvFormat.Default);
    }

    private static RowReader Reader(string path, CsvFormat? format) =>
        new(Path.GetFileName(path), Unpacked(path, File.OpenRead(path)), format ?? CsvFormat.Default);

    private static RowReader Text(string text, CsvFormat? format) =>
        new("the text", new MemoryStream(Encoding.UTF8.GetBytes(text)), (format ?? CsvFormat.Default) with { Encoding = Encoding.UTF8 });

    private static string TextOf(Action<Stream> put, CsvFormat? format)
    {
        using var content = new MemoryStream();
        put(content);
        return (format ?? CsvFormat.Default).Encoding.GetString(content.ToArray());
    }

    private static Stream Unpacked(string name, Stream content) =>
        IsPacked(name) ? new GZipStream(content, CompressionMode.Decompress) : content;

    private static void Packed(string name, Stream file, Action<Stream> put)
    {
        if (!IsPacked(name))
        {
            put(file);
            return;
        }

        using var packed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true);
        put(packed);
    }

    private static bool IsPacked(string name) => name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
}
