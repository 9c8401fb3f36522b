using Google.Apis.Services;
using Google.Apis.Util;
using Wizart.Flow.Providers.Sheets.V4.Data;

namespace Wizart.Flow.Providers.Sheets.V4;

internal sealed class SpreadsheetsResource(IClientService service)
{
    public ValuesResource Values => new(service);

    public CreateRequest Create(Spreadsheet body) => new(service, body);

    public GetRequest Get(string spreadsheetId) => new(service, spreadsheetId);

    public BatchUpdateRequest BatchUpdate(BatchUpdateSpreadsheetRequest body, string spreadsheetId) => new(service, body, spreadsheetId);

    public sealed class CreateRequest : SheetsBaseServiceRequest<Spreadsheet>
    {
        public CreateRequest(IClientService service, Spreadsheet body)
            : base(service, "POST", "v4/spreadsheets", body) => Record.MayBeRepeated = false;
    }

    public sealed class GetRequest(IClientService service, string spreadsheetId)
        : SheetsBaseServiceRequest<Spreadsheet>(service, "GET", "v4/spreadsheets/{spreadsheetId}")
    {
        [RequestParameter("spreadsheetId", RequestParameterType.Path)]
        public string SpreadsheetId { get; } = spreadsheetId;
    }

    public sealed class BatchUpdateRequest : SheetsBaseServiceRequest<BatchUpdateSpreadsheetResponse>
    {
        public BatchUpdateRequest(IClientService service, BatchUpdateSpreadsheetRequest body, string spreadsheetId)
            : base(service, "POST", "v4/spreadsheets/{spreadsheetId}:batchUpdate", body)
        {
            SpreadsheetId = spreadsheetId;
            Record.MayBeRepeated = false;
        }

        [RequestParameter("spreadsheetId", RequestParameterType.Path)]
        public string SpreadsheetId { get; }
    }
}
