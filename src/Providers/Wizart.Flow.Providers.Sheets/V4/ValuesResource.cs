using Google.Apis.Services;
using Google.Apis.Util;
using Wizart.Flow.Providers.Sheets.V4.Data;

namespace Wizart.Flow.Providers.Sheets.V4;

internal sealed class ValuesResource(IClientService service)
{
    public GetRequest Get(string spreadsheetId, string range) => new(service, spreadsheetId, range);

    public BatchGetRequest BatchGet(string spreadsheetId, IEnumerable<string> ranges) => new(service, spreadsheetId, ranges);

    public UpdateRequest Update(ValueRangeUpdate body, string spreadsheetId) => new(service, body, spreadsheetId);

    public BatchUpdateRequest BatchUpdate(BatchUpdateValuesRequest body, string spreadsheetId) => new(service, body, spreadsheetId);

    public ClearRequest Clear(string spreadsheetId, string range) => new(service, spreadsheetId, range);

    /// <summary>Values as they are, not as they are shown; dates as numbers of days.</summary>
    public sealed class GetRequest(IClientService service, string spreadsheetId, string range)
        : SheetsBaseServiceRequest<ValueRange>(service, "GET", "v4/spreadsheets/{spreadsheetId}/values/{range}")
    {
        [RequestParameter("spreadsheetId", RequestParameterType.Path)]
        public string SpreadsheetId { get; } = spreadsheetId;

        [RequestParameter("range", RequestParameterType.Path)]
        public string Range { get; } = range;

        [RequestParameter("valueRenderOption", RequestParameterType.Query)]
        public string ValueRenderOption => "UNFORMATTED_VALUE";

        [RequestParameter("dateTimeRenderOption", RequestParameterType.Query)]
        public string DateTimeRenderOption => "SERIAL_NUMBER";
    }

    public sealed class BatchGetRequest(IClientService service, string spreadsheetId, IEnumerable<string> ranges)
        : SheetsBaseServiceRequest<BatchGetValuesResponse>(service, "GET", "v4/spreadsheets/{spreadsheetId}/values:batchGet")
    {
        [RequestParameter("spreadsheetId", RequestParameterType.Path)]
        public string SpreadsheetId { get; } = spreadsheetId;

        [RequestParameter("ranges", RequestParameterType.Query)]
        public Repeatable<string> Ranges { get; } = new(ranges);

        [RequestParameter("majorDimension", RequestParameterType.Query)]
        public string MajorDimension => "COLUMNS";

        [RequestParameter("valueRenderOption", RequestParameterType.Query)]
        public string ValueRenderOption => "UNFORMATTED_VALUE";

        [RequestParameter("dateTimeRenderOption", RequestParameterType.Query)]
        public string DateTimeRenderOption => "SERIAL_NUMBER";
    }

    public sealed class UpdateRequest(IClientService service, ValueRangeUpdate body, string spreadsheetId)
        : SheetsBaseServiceRequest<UpdateValuesResponse>(service, "PUT", "v4/spreadsheets/{spreadsheetId}/values/{range}", body)
    {
        [RequestParameter("spreadsheetId", RequestParameterType.Path)]
        public string SpreadsheetId { get; } = spreadsheetId;

        [RequestParameter("range", RequestParameterType.Path)]
        public string Range { get; } = body.Range;

        [RequestParameter("valueInputOption", RequestParameterType.Query)]
        public string ValueInputOption => "RAW";
    }

    public sealed class BatchUpdateRequest(IClientService service, BatchUpdateValuesRequest body, string spreadsheetId)
        : SheetsBaseServiceRequest<BatchUpdateValuesResponse>(service, "POST", "v4/spreadsheets/{spreadsheetId}/values:batchUpdate", body)
    {
        [RequestParameter("spreadsheetId", RequestParameterType.Path)]
        public string SpreadsheetId { get; } = spreadsheetId;
    }

    public sealed class ClearRequest(IClientService service, string spreadsheetId, string range)
        : SheetsBaseServiceRequest<ClearValuesResponse>(
            service, "POST", "v4/spreadsheets/{spreadsheetId}/values/{range}:clear", new ClearValuesRequest())
    {
        [RequestParameter("spreadsheetId", RequestParameterType.Path)]
        public string SpreadsheetId { get; } = spreadsheetId;

        [RequestParameter("range", RequestParameterType.Path)]
        public string Range { get; } = range;
    }
}
