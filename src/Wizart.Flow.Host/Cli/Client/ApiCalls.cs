using System.Net;
using System.Text.Json;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary>One call of the daemon's API: what goes wrong becomes an error that says what to do.</summary>
internal sealed class ApiCalls(HttpClient http, Uri url, TimeProvider time)
{
    /// <summary>How long a daemon that is starting is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The answer, when it is a good one; its body is still to be read.</summary>
    /// <exception cref="CliException">There is no good answer.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var response = await SendOnceAsync(method, path, content, cancellation);
            if (response.IsSuccessStatusCode) return response;
            using (response)
            {
                var isStarting = response.StatusCode == HttpStatusCode.ServiceUnavailable && time.GetElapsedTime(began) < Patience;
                if (!isStarting || response.Headers.RetryAfter?.Delta is not { } wait) throw await FailedAsync(response, cancellation);
                await Task.Delay(wait, time, cancellation);
            }
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(method, path) { Content = content }; // not disposed: its content may be sent again
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException error)
        {
            throw new CliException(
                $"No daemon answers at {url}: {error.Message} Start it with 'flow serve', or name another with --url.", inner: error);
        }
    }

    private async Task<CliException> FailedAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await response.Content.ReadAsStringAsync(cancellation);
        var exitCode = response.StatusCode == HttpStatusCode.BadRequest ? ExitCodes.Usage : ExitCodes.Failed;
        return new CliException(Detail(text) ?? $"{url} answered {(int)response.StatusCode}. Is it a Wizart.Flow daemon?", exitCode);
    }

    private static string? Detail(string text)
    {
        try
        {
            var problem = JsonSerializer.Deserialize(text, ApiJson.Default.ProblemResource);
            if (problem?.Errors is { Count: > 1 } errors)
                return string.Join(Environment.NewLine + "       ", errors.Select(e => e.Message));
            return problem?.Detail;
        }
        catch (JsonException)
        {
            return null; // not one of ours
        }
    }
}
