namespace Wizart.Flow.Providers.Sheets.Requests;

/// <summary>What goes with a call through all layers down to the network, and what comes back beside the answer.</summary>
internal sealed class CallRecord
{
    public static HttpRequestOptionsKey<CallRecord> Key { get; } = new("Wizart.Flow.Sheets.Call");

    /// <summary>Whether doing it twice is the same as doing it once.</summary>
    public bool MayBeRepeated { get; set; } = true;

    /// <summary>How long the last answer asked to wait; null when it didn't say.</summary>
    public TimeSpan? RetryAfter { get; set; }
}
