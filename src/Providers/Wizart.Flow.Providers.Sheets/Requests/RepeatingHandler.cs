using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.Retry;
using Wizart.Flow.Connections;

namespace Wizart.Flow.Providers.Sheets.Requests;

/// <summary>
/// Sends, and sends again what failed for a passing reason: what was never done (429, no connection) always, and what may
/// have been done only when doing it twice does no harm. Waits and timeouts follow the scope's clock.
/// </summary>
internal sealed class RepeatingHandler : HttpMessageHandler
{
    /// <summary>Waits longer than this are the task's to decide.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(64);

    private readonly SheetsSettings _settings;
    private readonly ConnectionScope _scope;
    private readonly HttpMessageInvoker _inner;

    public RepeatingHandler(SheetsSettings settings, ConnectionScope scope, HttpMessageHandler inner)
    {
        (_settings, _scope) = (settings, scope);
        _inner = new HttpMessageInvoker(inner, disposeHandler: false);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var record = request.Options.TryGetValue(CallRecord.Key, out var given) ? given : new CallRecord();
        var response = await Policy(request, record).ExecuteAsync(async token => await SendOnce(request, token), cancellationToken);
        record.RetryAfter = RetryAfter(response);
        return response;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _inner.Dispose();
        base.Dispose(disposing);
    }

    private ResiliencePipeline<HttpResponseMessage> Policy(HttpRequestMessage request, CallRecord record)
    {
        var pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = _scope.Time };
        if (_settings.Retries > 0)
        {
            pipeline.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = _settings.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromSeconds(1),
                MaxDelay = LongestWait,
                ShouldHandle = tried => ValueTask.FromResult(ShouldRepeat(record, tried.Outcome)),
                DelayGenerator = tried => ValueTask.FromResult(RetryAfter(tried.Outcome.Result)),
                OnRetry = tried =>
                {
                    var what = tried.Outcome.Result is { } response ? $"answered {(int)response.StatusCode}" : "failed";
                    var wait = tried.RetryDelay.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
                    _scope.Log(
                        $"{_settings.Id}: {request.Method} {request.RequestUri!.AbsolutePath} {what}; "
                            + $"try {tried.AttemptNumber + 2} of {_settings.Retries + 1} in {wait} s",
                        LogLevel.Warning);
                    tried.Outcome.Result?.Dispose();
                    return default;
                },
            });
        }

        return pipeline.AddTimeout(_settings.Timeout).Build();
    }

    private bool ShouldRepeat(CallRecord record, Outcome<HttpResponseMessage> outcome)
    {
        if (outcome.Exception is { } error)
        {
            return error switch
            {
                HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => true,
                HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError or HttpRequestError.NameResolutionError } => false,
                HttpRequestException or Polly.Timeout.TimeoutRejectedException => record.MayBeRepeated,
                _ => false,
            };
        }

        var passing = outcome.Result!.StatusCode == HttpStatusCode.TooManyRequests
            || (record.MayBeRepeated && outcome.Result.StatusCode is HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError);
        return passing && !(RetryAfter(outcome.Result) > LongestWait);
    }

    private TimeSpan? RetryAfter(HttpResponseMessage? response) => response?.Headers.RetryAfter switch
    {
        RetryConditionHeaderValue { Delta: { } wait } => wait,
        RetryConditionHeaderValue { Date: { } date } when date > _scope.Time.GetUtcNow() => date - _scope.Time.GetUtcNow(),
        _ => null,
    };

    /// <summary>The body belongs to the try: a connection that breaks in the middle of it is tried again.</summary>
    private async Task<HttpResponseMessage> SendOnce(HttpRequestMessage request, CancellationToken cancellation)
    {
        HttpResponseMessage? response = null;
        try
        {
            response = await _inner.SendAsync(request, cancellation);
            await response.Content.LoadIntoBufferAsync(cancellation);
            return response;
        }
        catch
        {
            response?.Dispose();
            throw;
        }
    }
}
