namespace Wizart.Flow.Web.Tests.Ui;

/// <summary>A body that goes on until it is opened, which is at the end of the test at the latest.</summary>
internal sealed class Gate : IDisposable
{
    private readonly TaskCompletionSource _opened = new();

    /// <summary>Starts a run, and is there when the body of its task has begun.</summary>
    public static async Task<Gate> ShutAsync(ApiServer server, string dag, string task)
    {
        var (gate, begun) = (new Gate(), new TaskCompletionSource());
        server.Bodies.Set(task, async _ =>
        {
            begun.TrySetResult();
            await gate._opened.Task;
            return Outcomes.Gives("1");
        });
        await server.Trigger(dag);
        await begun.Task;
        return gate;
    }

    public void Dispose() => _opened.TrySetResult();
}
