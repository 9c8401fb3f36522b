using System.Linq.Expressions;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Sheets.Charts;
using Wizart.Flow.Providers.Sheets.Requests;
using Wizart.Flow.Providers.Sheets.Rows;
using Wizart.Flow.Providers.Sheets.Tables;
using Wizart.Flow.Providers.Sheets.V4;
using Wizart.Flow.Providers.Sheets.V4.Data;

namespace Wizart.Flow.Providers.Sheets;

/// <summary>
/// Google Sheets behind a connection of type <c>google-sheets</c>, with the key of a service account. A sheet is a table: its
/// first row names the columns. Quotas (429) and passing failures are waited out; what fails for good is a
/// <see cref="SheetsException"/>. Calls end with the attempt.
/// </summary>
public sealed class GoogleSheets : IDisposable
{
    private readonly SheetsService _service;
    private readonly Calls _calls;
    private readonly string? _spreadsheet;
    private readonly bool _owned;

    /// <summary>A client; authors' tests give a handler of their own, which answers instead of the network.</summary>
    /// <exception cref="ConnectionException">A setting is missing or can't be read.</exception>
    public GoogleSheets(ConnectionSettings settings, ConnectionScope scope, HttpMessageHandler? handler = null)
    {
        var read = SheetsSettings.Read(settings);
        _service = new SheetsClientFactory(read, scope, handler).Create();
        _calls = new Calls(read, scope);
        _spreadsheet = read.Spreadsheet;
        _owned = true;
    }

    private GoogleSheets(GoogleSheets other, string spreadsheet) =>
        (_service, _calls, _spreadsheet) = (other._service, other._calls, spreadsheet);

    /// <summary>The spreadsheet's address.</summary>
    public string Url => $"https://docs.google.com/spreadsheets/d/{Id}/edit";

    /// <summary>Another spreadsheet, reached with the same account.</summary>
    /// <param name="spreadsheet">Its id or its address.</param>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public GoogleSheets In(string spreadsheet) => new(
        this,
        SheetsSettings.ReadSpreadsheet(spreadsheet)
            ?? throw new ArgumentException($"'{spreadsheet}' is neither the address of a spreadsheet nor the id in it (…/spreadsheets/d/<id>/edit)."));

    /// <summary>
    /// Creates a spreadsheet. It belongs to the account, or to the connection's <c>user</c>. Not done again when it is open
    /// whether it was done.
    /// </summary>
    /// <param name="title">Its name.</param>
    /// <param name="sheets">Its sheets; Google's own single one by default.</param>
    public async Task<SheetLink> Create(string title, params string[] sheets)
    {
        var made = await _calls.Send(
            _service.Spreadsheets.Create(new Spreadsheet
            {
                Properties = new SpreadsheetProperties { Title = title },
                Sheets = sheets.Length == 0 ? null : [.. sheets.Select(s => new Sheet { Properties = new SheetProperties { Title = s } })],
            }),
            $"Creating the spreadsheet '{title}'");
        return new SheetLink(made.SpreadsheetId!, made.SpreadsheetUrl!);
    }

    /// <summary>Adds a sheet when it is not there.</summary>
    public async Task<SheetLink> AddSheet(string sheet)
    {
        var place = await _calls.UntilCertain(() => Places().Ensure(sheet, 0));
        return new SheetLink(Id, place.Url);
    }

    /// <summary>
    /// All rows beneath the header, as records or classes (by the names of their members; case, spaces and underscores don't
    /// count), or as <c>Dictionary&lt;string, object?&gt;</c>. Empty rows are left out.
    /// </summary>
    /// <exception cref="SheetsException">A cell is not what its member takes; it is named.</exception>
    public async Task<T[]> Read<T>(string sheet)
    {
        var place = await Places().Find(sheet);
        var values = await _calls.Send(_service.Spreadsheets.Values.Get(Id, A1.Sheet(place.Title)), $"Reading '{sheet}'");
        if (values.Values is not { Count: > 0 } rows) return [];
        var reader = new RowReader<T>(SheetHeader.Of(place.Title, rows), _calls);
        return
        [
            .. rows.Index().Skip(1)
                .Where(row => row.Item.Any(cell => Cells.CellReader.Plain(cell) is not null))
                .Select(row => reader.Read(row.Item, row.Index + 1)),
        ];
    }

    /// <summary>
    /// Adds rows at the end. Sheet, header and columns that are not there are added. A second run adds the rows a second time:
    /// <see cref="Upsert"/> doesn't.
    /// </summary>
    /// <exception cref="SheetsException">It failed; where it is open whether rows were added, it says so.</exception>
    public Task<SheetWrite> Append<T>(string sheet, IEnumerable<T> rows)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Writer().Append(sheet, RowSet.Of(sheet, rows, RowColumn.Of(typeof(T)), _calls));
    }

    /// <summary>
    /// Replaces the rows whose key is there, in place, and adds the others at the end: a second run leaves the sheet as it is.
    /// Sheet, header and columns that are not there are added; columns that the rows don't have keep their cells. Of several
    /// rows of one key in the sheet the first is replaced and the others are removed.
    /// </summary>
    /// <param name="sheet">The sheet's name.</param>
    /// <param name="rows">The rows; two of the same key are an error, and so is a key without a value.</param>
    /// <param name="key">
    /// What says which row is which: <c>s => s.Id</c>, or <c>s => new { date, s.Rps }</c>, where <c>date</c> comes from outside
    /// and becomes a column in front of the row's own.
    /// </param>
    public Task<SheetWrite> Upsert<T>(string sheet, IEnumerable<T> rows, Expression<Func<T, object?>> key)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(rows);
        var rowKey = RowKey.Of(key);
        return Writer().Upsert(sheet, RowSet.Of(sheet, rows, rowKey.Columns, _calls), rowKey.KeyColumns);
    }

    /// <summary>Empties all rows beneath the header.</summary>
    public async Task Clear(string sheet)
    {
        var place = await Places().Find(sheet);
        if (place.Rows < 2 || place.Columns == 0) return;
        var range = A1.Range(place.Title, 2, 0, place.Rows, place.Columns - 1);
        await _calls.Send(_service.Spreadsheets.Values.Clear(Id, range), $"Clearing '{sheet}'");
    }

    /// <summary>Formats the header. A header that this client writes is formatted already: bold, frozen, light blue.</summary>
    public Task FormatHeader(string sheet, SheetHeaderFormat? format = null) => _calls.UntilCertain(async () =>
    {
        var place = await Places().Find(sheet);
        return await Change($"Formatting the header of '{sheet}'", [.. HeaderLook.Requests(place, format ?? new SheetHeaderFormat())]);
    });

    /// <summary>
    /// Puts a chart beside the table. A chart of the same title in the sheet is brought up to date instead: its columns, its
    /// look, and how far down it reads.
    /// </summary>
    /// <exception cref="SheetsException">The sheet or a column is not there.</exception>
    public async Task<SheetLink> AddChart(string sheet, SheetChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var place = await _calls.UntilCertain(async () =>
        {
            var place = await Places().Find(sheet);
            var header = await _calls.Send(_service.Spreadsheets.Values.Get(Id, A1.Row(place.Title, 1)), $"Reading the header of '{sheet}'");
            var request = SheetCharts.Request(place, SheetHeader.Of(place.Title, header.Values), chart, _calls);
            await Change($"Putting the chart '{chart.Title}' into '{sheet}'", request);
            return place;
        });
        return new SheetLink(Id, place.Url);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_owned) _service.Dispose();
    }

    /// <summary>Signs in, and opens the spreadsheet when there is one.</summary>
    internal async Task<string> Greet(CancellationToken cancellation)
    {
        if (_spreadsheet is not null) return $"Google accepts the account, and it may open '{await Places().Title()}'.";
        try
        {
            await ((Google.Apis.Auth.OAuth2.ServiceAccountCredential)_service.HttpClientInitializer).GetAccessTokenForRequestAsync(cancellationToken: cancellation);
            return "Google accepts the account. No 'spreadsheet' is set, so none was opened.";
        }
        catch (Google.Apis.Auth.OAuth2.Responses.TokenResponseException refused)
        {
            throw new ConnectionException($"Google does not accept the account: {refused.Error?.ErrorDescription ?? refused.Error?.Error ?? "no reason is given"}. Check 'client_email' and 'private_key'.", refused);
        }
    }

    private string Id => _spreadsheet ?? throw new ConnectionException(
        $"Connection '{_calls.Settings.Id}' (google-sheets) has no 'spreadsheet'. Add its address to the settings, or name one with In(…).");

    private SheetPlaces Places() => new(_service, _calls, Id);

    private TableWriter Writer() => new(_service, _calls, Id);

    private Task<BatchUpdateSpreadsheetResponse> Change(string what, params Request[] requests) =>
        _calls.Send(_service.Spreadsheets.BatchUpdate(new BatchUpdateSpreadsheetRequest(requests), Id), what);
}
