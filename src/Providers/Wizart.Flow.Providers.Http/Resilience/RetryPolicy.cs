using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Http.Requests;

namespace Wizart.Flow.Providers.Http.Resilience;

/// <summary>When a request is tried again, and after what wait. Waits and timeouts follow the scope's clock.</summary>
internal static class RetryPolicy
{
    /// <summary>Waits longer than this are the task's to decide, not a request's.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);

    /// <summary>Tries the work; each try has the connection's timeout.</summary>
    public static ResiliencePipeline<HttpResponseMessage> For(RequestPlan plan, HttpApiSettings settings, ConnectionScope scope)
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = scope.Time };
        if (settings.Retries > 0)
        {
            pipeline.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = settings.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstWait,
                MaxDelay = LongestWait,
                ShouldHandle = tried => ValueTask.FromResult(ShouldRetry(plan, tried.Outcome, scope.Time)),
                DelayGenerator = tried => ValueTask.FromResult(RetryAfter(tried.Outcome.Result, scope.Time)),
                OnRetry = tried =>
                {
                    var what = Describe(tried.Outcome, settings);
                    var wait = tried.RetryDelay.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
                    scope.Log(
                        $"{settings.Id}: {plan.Method} {Redaction.Url(plan.Target.Url, settings.Secrets)} {what}; "
                            + $"try {tried.AttemptNumber + 2} of {settings.Retries + 1} in {wait} s",
                        LogLevel.Warning);
                    return default;
                },
            });
        }

        return pipeline.AddTimeout(settings.Timeout).Build();
    }

    /// <summary>How long the server asks to wait; null when it doesn't say.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage? response, TimeProvider time) => response?.Headers.RetryAfter switch
    {
        RetryConditionHeaderValue { Delta: { } wait } => wait,
        RetryConditionHeaderValue { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };

    private static bool ShouldRetry(RequestPlan plan, Outcome<HttpResponseMessage> outcome, TimeProvider time)
    {
        if (outcome.Exception is { } error)
        {
            return error switch
            {
                // Nothing was sent yet, so that sending it is still the first time.
                HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => true,
                HttpRequestException refused => plan.IsIdempotent
                    && refused.HttpRequestError is not (HttpRequestError.SecureConnectionError or HttpRequestError.UserAuthenticationError),
                TimeoutRejectedException => plan.IsIdempotent,
                _ => false,
            };
        }

        return plan.IsIdempotent && IsPassing(outcome.Result!.StatusCode) && !(RetryAfter(outcome.Result, time) > LongestWait);
    }

    private static bool IsPassing(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        || (status >= HttpStatusCode.InternalServerError && status != HttpStatusCode.NotImplemented);

    private static string Describe(Outcome<HttpResponseMessage> outcome, HttpApiSettings settings) => outcome.Exception switch
    {
        null => $"answered {(int)outcome.Result!.StatusCode}",
        TimeoutRejectedException => $"did not answer within {settings.Timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s",
        var error => $"failed ({error.GetBaseException().Message})",
    };
}
