using Wizart.Flow.Providers.LoadTest.Calls;

namespace Wizart.Flow.Providers.LoadTest.Statistics;

/// <summary>
/// Counts of calls by how they ended, and how long they took. The latencies are those of good calls and of calls that timed
/// out (with the time that was waited): failures that come back at once must not make a service look quick.
/// </summary>
internal sealed class Tally
{
    public long Offered { get; set; }

    public long Started { get; set; }

    public long Dropped { get; set; }

    public long Good { get; private set; }

    public long ClientErrors { get; private set; }

    public long ServerErrors { get; private set; }

    public long Timeouts { get; private set; }

    public long ConnectionErrors { get; private set; }

    public long CheckFailures { get; private set; }

    public long Cancelled { get; private set; }

    public long RetryAfters { get; private set; }

    public long Failed => ClientErrors + ServerErrors + Timeouts + ConnectionErrors + CheckFailures;

    public long Completed => Good + Failed;

    public Latencies Latency { get; } = new();

    /// <summary>The same calls, counted from their real start.</summary>
    public Latencies Service { get; } = new();

    public Latencies Lateness { get; } = new();

    /// <summary>Empties it: the distributions are too large to be made anew ten times a second.</summary>
    public void Clear()
    {
        Offered = Started = Dropped = Good = ClientErrors = ServerErrors = Timeouts = ConnectionErrors = CheckFailures = Cancelled = RetryAfters = 0;
        Latency.Clear();
        Service.Clear();
        Lateness.Clear();
    }

    public void Add(in CallSample sample)
    {
        switch (sample.End.Outcome)
        {
            case CallOutcome.Good: Good++; break;
            case CallOutcome.ClientError: ClientErrors++; break;
            case CallOutcome.ServerError: ServerErrors++; break;
            case CallOutcome.Timeout: Timeouts++; break;
            case CallOutcome.Connection: ConnectionErrors++; break;
            case CallOutcome.Check: CheckFailures++; break;
            default: Cancelled++; break;
        }

        if (sample.End.RetryAfter is not null) RetryAfters++;
        if (sample.End.Outcome is CallOutcome.Good or CallOutcome.Timeout)
        {
            Latency.Add(sample.Latency);
            Service.Add(sample.Service);
        }
    }
}
