using System.Net;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Http;
using Google.Apis.Services;
using Google.Apis.Util;
using Wizart.Flow.Connections;
using Wizart.Flow.Providers.Sheets.V4;

namespace Wizart.Flow.Providers.Sheets.Requests;

/// <summary>Builds Google's client so that all it sends, tokens included, goes through one place of retries and timeouts.</summary>
internal sealed class SheetsClientFactory(SheetsSettings settings, ConnectionScope scope, HttpMessageHandler? network) : HttpClientFactory
{
    // One pool of connections for the process: clients come and go with attempts.
    private static readonly SocketsHttpHandler Pool = new()
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectTimeout = TimeSpan.FromSeconds(15),
        AutomaticDecompression = DecompressionMethods.All,
        AllowAutoRedirect = false,
        UseCookies = false,
    };

    public SheetsService Create()
    {
        var account = new ServiceAccountCredential.Initializer(settings.ClientEmail, settings.TokenUrl)
        {
            KeyId = settings.KeyId,
            User = settings.User,
            Scopes = [SheetsService.SpreadsheetsScope],
            Clock = new ScopeClock(scope.Time),
            HttpClientFactory = this,
            DefaultExponentialBackOffPolicy = ExponentialBackOffPolicy.None,
        };
        var credential = new ServiceAccountCredential(account.FromPrivateKey(settings.PrivateKey));
        var service = new SheetsService(new BaseClientService.Initializer
        {
            ApplicationName = $"Wizart.Flow/{typeof(GoogleSheets).Assembly.GetName().Version!.ToString(3)}",
            BaseUri = settings.Url,
            HttpClientFactory = this,
            HttpClientInitializer = credential,
            DefaultExponentialBackOffPolicy = ExponentialBackOffPolicy.None,
            GZipEnabled = false, // of what is sent; answers are unpacked below
            MaxUrlLength = 0,
            Serializer = new PlainJson(),
        });

        // Each try has its own.
        credential.HttpClient.Timeout = service.HttpClient.Timeout = Timeout.InfiniteTimeSpan;
        return service;
    }

    protected override HttpMessageHandler CreateHandler(CreateHttpClientArgs args) => new RepeatingHandler(settings, scope, network ?? Pool);

    private sealed class ScopeClock(TimeProvider time) : IClock
    {
        public DateTime Now => time.GetLocalNow().DateTime;

        public DateTime UtcNow => time.GetUtcNow().UtcDateTime;
    }
}
