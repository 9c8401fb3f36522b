using System.Net;
using System.Net.Sockets;
using Wizart.Flow.Providers.Python.Environments;
using Wizart.Flow.Providers.Python.Locusts;

namespace Wizart.Flow.Providers.Python.Tests.Locusts;

/// <summary>Bad input, each told with what is wrong, where, and what to do.</summary>
public sealed class LocustErrorTests : LocustTest
{
    [Theory]
    [InlineData("def broken(:\n    pass\n", "locustfile.py(1): SyntaxError: ")]
    [InlineData("import locust\nimport no_such_module_of_ours\n", "locustfile.py(2): ModuleNotFoundError: No module named 'no_such_module_of_ours'")]
    [InlineData("from locust import HttpUser\n\ndef make():\n    return 1 / 0\n\nmake()\n", "locustfile.py(4): ZeroDivisionError: division by zero")]
    [InlineData("from wizart_flow_locust import PacedHttpUser\nfrom locust import task\nclass A(PacedHttpUser):\n    wait_time = 1\n    @task\n    def a(self):\n        pass\n", "locustfile.py(3): TypeError: A sets its own wait_time")]
    public async Task A_broken_locustfile_tells_its_line(string text, string message)
    {
        await using var service = await SampleService.Start();
        var error = await FailureOf(Locustfile(text), service.Url);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, service.Requests);
    }

    [Fact]
    public async Task A_locustfile_without_users_says_so()
    {
        await using var service = await SampleService.Start();
        var error = await FailureOf(Locustfile("import locust\n"), service.Url);
        Assert.Contains("ended with exit code 1 before the test", error.Message, StringComparison.Ordinal);
        Assert.Contains("No User class found", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tasks_that_only_throw_are_no_measurement()
    {
        await using var service = await SampleService.Start();
        var error = await FailureOf(Task("raise ValueError('no such chair')", "HttpUser"), service.Url);
        Assert.Contains("has made no request. Its tasks fail: no such chair", error.Message, StringComparison.Ordinal);
        Assert.Contains("locustfile.py\", line 9, in work", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paced_users_need_a_rate()
    {
        await using var service = await SampleService.Start();
        var error = await FailureOf(Task("self.client.get('/')"), service.Url);
        Assert.Contains("Shopper are paced users, and no rate was given. Give Locust.Run an rps.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rate_needs_paced_users()
    {
        await using var service = await SampleService.Start();
        var error = await FailureOf(Task("self.client.get('/')", "HttpUser"), service.Url, rps: 10);
        Assert.Contains("Shopper can't be held to a rate of requests. Derive from wizart_flow_locust.PacedHttpUser", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, service.Requests);
    }

    [Fact]
    public async Task A_server_that_takes_no_connection_is_told_before_anything_starts()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var error = await FailureOf(Task("self.client.get('/')", "HttpUser"), $"http://127.0.0.1:{port}");
        Assert.StartsWith($"The load test has not begun, because 127.0.0.1:{port} can't be reached: ", error.Message, StringComparison.Ordinal);
        Assert.Empty(Run.Lines);
    }

    [Fact]
    public async Task A_server_that_is_not_this_machine_needs_a_connection_that_allows_it()
    {
        var file = Task("self.client.get('/')", "HttpUser");
        var byAddress = await FailureOf(file, "http://192.0.2.1");
        Assert.Contains("192.0.2.1 may not be load-tested: it is not this machine.", byAddress.Message, StringComparison.Ordinal);
        var byConnection = await Assert.ThrowsAsync<Fail>(() => Locust.Run(file, SampleService.Api("http://192.0.2.1"), 1, 2.Seconds(), run: Run));
        Assert.Contains("192.0.2.1 may not be load-tested: if its owner agrees, set \"loadTest\": true in connection 'api'.", byConnection.Message, StringComparison.Ordinal);
        Assert.Contains("is no http", (await FailureOf(file, "127.0.0.1:80")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_that_allows_it_gives_its_address_and_headers()
    {
        var address = SampleService.Api("http://192.0.2.1/api", ("loadTest", "true"), ("username", "u"), ("password", "p"), ("header.X-Key", "k")).ForLoad();
        Assert.Equal("http://192.0.2.1/api", address.ToString());
        Assert.Equal(["X-Key: k", "Authorization: Basic dTpw"], address.Headers.Select(h => $"{h.Key}: {h.Value}"));
    }

    [Theory]
    [InlineData("PacedHttpUser", "self.client.get('http://192.0.2.1:81/other')")]
    [InlineData("PacedFastHttpUser", "self.client.get('http://192.0.2.1:81/other')")]
    [InlineData("PacedHttpUser", "self.client.get('/away')")]
    [InlineData("PacedHttpUser", "__import__('socket').create_connection(('192.0.2.1', 81))")]
    public async Task A_locustfile_reaches_no_other_place(string user, string body)
    {
        await using var service = await SampleService.Start();
        var error = await FailureOf(Task(body, user), service.Url, rps: 5, runTime: 5.Minutes());
        Assert.Contains("tried to reach 192.0.2.1:81, which may not be load-tested", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_fence_lets_through_the_target_by_its_addresses_and_this_machine()
    {
        using var folder = LocustFolder.Create();
        var result = await Python.Run(
            Locustfile("""
                from urllib.parse import urlsplit
                import wizart_flow_locust as flow

                addresses = ["10.1.2.3", "fd00::7"]
                flow.socket.getaddrinfo = lambda *a, **k: [(2, 1, 6, "", (address, 8443)) for address in addresses]
                fence = flow.Fence(urlsplit("https://shop.example:8443/path"))
                fence.resolve()
                for place in [("10.1.2.3", 8443), ("fd00::7", 8443), ("127.0.0.1", 9), ("127.8.8.8", 80), ("::1", 80), ("::ffff:127.0.0.1", 80), ("shop.example", 8443),
                              ("10.1.2.3", 443), ("10.1.2.4", 8443), ("fd00::8", 8443), ("::ffff:10.1.2.4", 8443), ("other.example", 8443), ("0.0.0.0", 8443)]:
                    print("yes" if fence.allows(*place) else "no", end=" ")
                addresses[:] = ["10.1.2.4"]
                fence.resolved -= 2
                print(fence.allows("10.1.2.4", 8443))
                """),
            venv: await Python.Venv(systemPackages: true, run: Run),
            options: new() { Attempt = Run, Environment = new Dictionary<string, string?> { ["PYTHONPATH"] = folder.Path } });

        Assert.Equal("yes yes yes yes yes yes yes no no no no no no True", result.Output);
    }

    [Fact]
    public async Task A_python_without_locust_tells_how_to_get_it()
    {
        await using var service = await SampleService.Start();
        var root = Directory.CreateTempSubdirectory("flow-venv-").FullName;
        var venv = await new VenvMaker(root, Run).GetAsync([], systemPackages: false, PythonHere.SystemPython);
        var error = await Assert.ThrowsAsync<Fail>(() => Locust.Run(Task("pass"), service.Url, 1, 2.Seconds(), venv: venv, run: Run));
        Directory.Delete(root, recursive: true);

        Assert.Contains("No module named", error.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install python3-locust", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_locustfile_tells_where_it_was_looked_for()
    {
        var there = Task("pass");
        var error = await FailureOf(Path.Combine(Path.GetDirectoryName(there)!, "other.py"), "http://127.0.0.1:1");
        Assert.Contains("There is no locustfile '", error.Message, StringComparison.Ordinal);
    }

    private Task<Fail> FailureOf(string file, string url, double? rps = null, TimeSpan? runTime = null) =>
        Assert.ThrowsAsync<Fail>(() => Locust.Run(file, url, users: 2, runTime ?? 2.Seconds(), rps: rps, run: Run));
}
