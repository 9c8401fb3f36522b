using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Sheets;

/// <summary>Adds this provider's clients.</summary>
public static class SheetsConnectionTypes
{
    /// <summary>Connections of type <c>google-sheets</c> give a <see cref="GoogleSheets"/>.</summary>
    public static ConnectionTypes AddSheets(this ConnectionTypes types) =>
        types.Add(["google-sheets"], (settings, scope) => new GoogleSheets(settings, scope)).Describe("google-sheets", SheetsKind.Describe);
}
