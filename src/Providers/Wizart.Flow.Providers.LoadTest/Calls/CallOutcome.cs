namespace Wizart.Flow.Providers.LoadTest.Calls;

/// <summary>How a call ended.</summary>
internal enum CallOutcome
{
    Good,

    /// <summary>A status from 400 to 499.</summary>
    ClientError,

    /// <summary>A status from 500 on.</summary>
    ServerError,

    /// <summary>Not answered in the call's time.</summary>
    Timeout,

    /// <summary>Refused, reset, not resolved, not secure: no answer at all.</summary>
    Connection,

    /// <summary>Answered, and the scenario was not content with it.</summary>
    Check,

    /// <summary>Given up because the test was stopped: says nothing about the service.</summary>
    Cancelled,
}
