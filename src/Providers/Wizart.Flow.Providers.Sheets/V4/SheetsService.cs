using Google.Apis.Services;

namespace Wizart.Flow.Providers.Sheets.V4;

/// <summary>
/// The part of the Sheets API v4 that is used here, on Google's own base classes and under the names of Google's own client
/// (Google.Apis.Sheets.v4), so that the one can take the other's place.
/// </summary>
internal sealed class SheetsService(BaseClientService.Initializer initializer) : BaseClientService(initializer)
{
    /// <summary>Read and write all spreadsheets that the account may see.</summary>
    public const string SpreadsheetsScope = "https://www.googleapis.com/auth/spreadsheets";

    public const string DefaultUrl = "https://sheets.googleapis.com/";

    public override string Name => "sheets";

    public override string BaseUri => BaseUriOverride ?? DefaultUrl;

    public override string BasePath => "";

    public override IList<string> Features => [];

    public SpreadsheetsResource Spreadsheets => new(this);
}
