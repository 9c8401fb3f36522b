using Wizart.Flow.Benchmarks.Figures;
using Xunit.Sdk;

namespace Wizart.Flow.Benchmarks.Rows;

/// <summary>One row of the budgets.</summary>
internal abstract class BenchmarkRow
{
    /// <summary>The word for it on the command line.</summary>
    public abstract string Name { get; }

    public abstract string What { get; }

    public abstract string Budget { get; }

    /// <summary>Measures it; a row whose server is not there says so, and the others are measured all the same.</summary>
    public async Task<RowResult> TryMeasureAsync()
    {
        try
        {
            return await MeasureAsync();
        }
        catch (Exception error) when (error is SkipException or TimeoutException or InvalidOperationException)
        {
            return new RowResult($"not measured: {error.Message}", "", null);
        }
    }

    protected abstract Task<RowResult> MeasureAsync();
}
