using System.Globalization;
using Wizart.Flow.SampleService;

// A service to try load tests on: --workers 10 --service-time 50 (milliseconds) holds 200 requests a second.
var (workers, milliseconds, url) = (10, 50.0, "http://127.0.0.1:5080");
for (var i = 0; i < args.Length; i += 2)
{
    var value = i + 1 < args.Length ? args[i + 1] : "";
    switch (args[i])
    {
        case "--workers" when int.TryParse(value, CultureInfo.InvariantCulture, out var given) && given > 0:
            workers = given;
            break;
        case "--service-time" when double.TryParse(value, CultureInfo.InvariantCulture, out var given) && given > 0:
            milliseconds = given;
            break;
        case "--url" when value.Length > 0:
            url = value;
            break;
        default:
            Console.Error.WriteLine($"'{args[i]} {value}' is not understood. Usage: [--workers 10] [--service-time 50] [--url http://127.0.0.1:5080]");
            return 2;
    }
}

await using var server = await SampleServer.StartAsync(workers, TimeSpan.FromMilliseconds(milliseconds), url);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{server.Url} holds {workers / milliseconds * 1000:0.##} requests a second"));
await server.WaitAsync();
return 0;
