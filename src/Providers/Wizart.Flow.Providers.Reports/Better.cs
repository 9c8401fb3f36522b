namespace Wizart.Flow.Providers.Reports;

/// <summary>Which way a figure should go; a change for the better is green, one for the worse red.</summary>
public enum Better
{
    /// <summary>Neither way is better: changes have no colour.</summary>
    Either,

    /// <summary>More is better: requests held, orders.</summary>
    Higher,

    /// <summary>Less is better: latency, errors.</summary>
    Lower,
}
