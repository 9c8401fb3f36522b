using Google;
using Google.Apis.Auth.OAuth2.Responses;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Sheets.V4;

namespace Wizart.Flow.Providers.Sheets.Requests;

/// <summary>Makes calls, and makes of what goes wrong an error for people.</summary>
internal sealed class Calls(SheetsSettings settings, ConnectionScope scope)
{
    private readonly Failures _failures = new(settings);

    public SheetsSettings Settings => settings;

    /// <exception cref="SheetsException">It failed for good.</exception>
    public async Task<T> Send<T>(SheetsBaseServiceRequest<T> request, string what)
    {
        try
        {
            return await request.ExecuteAsync(scope.Cancellation);
        }
        catch (GoogleApiException error)
        {
            throw _failures.Answered(what, error, request.Record);
        }
        catch (TokenResponseException error)
        {
            throw _failures.NoToken(error);
        }
        catch (TimeoutRejectedException error)
        {
            throw _failures.TimedOut(what, error, request.Record);
        }
        catch (HttpRequestException error)
        {
            throw _failures.Unreachable(what, error, request.Record);
        }
    }

    /// <summary>
    /// Does work that looks first and then changes only what is not yet so. When an answer leaves open whether a change was
    /// made, it looks again.
    /// </summary>
    public async Task<T> UntilCertain<T>(Func<Task<T>> work)
    {
        if (settings.Retries == 0) return await work();
        var again = new ResiliencePipelineBuilder { TimeProvider = scope.Time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = settings.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromSeconds(1),
                MaxDelay = RepeatingHandler.LongestWait,
                ShouldHandle = tried => ValueTask.FromResult(tried.Outcome.Exception is SheetsException { IsUncertain: true }),
                DelayGenerator = tried => ValueTask.FromResult((tried.Outcome.Exception as SheetsException)?.RetryAfter),
                OnRetry = tried =>
                {
                    Log($"{tried.Outcome.Exception!.Message} Looking again.", LogLevel.Warning);
                    return default;
                },
            })
            .Build();
        return await again.ExecuteAsync(async _ => await work(), scope.Cancellation);
    }

    public void Log(string message, LogLevel level) => scope.Log($"{settings.Id}: {message}", level);

    /// <summary>The sheet or the rows are not as they must be.</summary>
    public SheetsException Wrong(string message) =>
        new($"{message} (Connection '{settings.Id}'.)") { ConnectionId = settings.Id };
}
