namespace Wizart.Flow.Providers.Python.Tests.Locusts;

/// <summary>A folder for locustfiles, and an attempt that remembers.</summary>
public abstract class LocustTest : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flow-locust-test-").FullName;

    private protected LocustTest()
    {
        PythonHere.NeedsLocust();
        Run = new RememberingContext(Cancel.Token);
    }

    protected CancellationTokenSource Cancel { get; } = new();

    private protected RememberingContext Run { get; }

    public void Dispose()
    {
        // Nothing is written into a folder of pipelines.
        Assert.DoesNotContain(Directory.GetFileSystemEntries(_folder), e => Path.GetFileName(e) != "locustfile.py");
        Directory.Delete(_folder, recursive: true);
        Cancel.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected string Locustfile(string text)
    {
        var file = Path.Combine(_folder, "locustfile.py");
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>A locustfile whose only task is this.</summary>
    private protected string Task(string body, string user = "PacedHttpUser") => Locustfile($"""
        from locust import HttpUser, constant, task
        from wizart_flow_locust import PacedHttpUser, PacedFastHttpUser

        class Shopper({user}):
            {(user == "HttpUser" ? "wait_time = constant(0.05)" : "pass")}

            @task
            def work(self):
                {body}
        """);
}
