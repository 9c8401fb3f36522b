using System.Text.Json;
using Wizart.Flow.Connections;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;
using Wizart.Flow.Runtime.Attempts;
using Wizart.Flow.Runtime.Descriptions;
using Wizart.Flow.Runtime.Images;
using Wizart.Flow.Runtime.Logs;
using Wizart.Flow.Runtime.Workers;

namespace Wizart.Flow.Worker;

/// <summary>
/// Goes once the way that every order goes, with a script of its own, so that the code of that way is compiled before the
/// first order comes.
/// </summary>
internal sealed class WarmUp(ImageCache images, ConnectionTypes connectionTypes, WorkerKind kind)
{
    private static readonly ImageReference Image = new("warm-up", "");

    public void Run()
    {
        images.Add(Image, ScriptImage.BuiltIn(_ =>
        {
            Declare();
            return Task.FromResult<object>(null!);
        }));
        using var writer = new FrameWriter();
        if (kind == WorkerKind.Describer)
        {
            var order = JsonSerializer.Deserialize("""{"image":{"hash":"warm-up","directory":""},"file":""}""", WorkerJson.Default.DescribeOrder)!;
            var description = ScriptDescriber.Describe(images, connectionTypes, order.Image, order.File);
            writer.Begin(FrameKind.Described).Json(description, ModelJson.Default.ScriptDescription).End();
            return;
        }

        var json = writer.Begin(FrameKind.Run).Json(Order(), ExecutionJson.Default.AttemptOrder).End()[WorkerProtocol.HeaderSize..];
        var sent = JsonSerializer.Deserialize(json.Span, ExecutionJson.Default.AttemptOrder)!;
        var events = new AttemptEvents(happened => writer.Begin(FrameKind.Event).Json(happened, ExecutionJson.Default.AttemptEvent).End());
        using var control = new AttemptControl();
        var runner = new AttemptRunner(images, connectionTypes, TimeProvider.System);
        events.End(runner.RunAsync(sent, events, control).AsTask().GetAwaiter().GetResult());
    }

    private static void Declare()
    {
        var dag = Script.Dag("warm-up");
        var first = dag.Task("first").Run(() => 1);
        dag.Task("second").From(first, dag.Context, Script.Param("p", 1)).Retry(1).Run((value, run, p) =>
        {
            run.Log("warm");
            Console.WriteLine("warm");
            return value + p;
        });
    }

    private static AttemptOrder Order() => new()
    {
        RunId = 1,
        DagId = "warm-up",
        TaskId = "second",
        TaskIndex = 1,
        Attempt = 1,
        MaxAttempts = 1,
        Image = Image,
        Outputs = new Dictionary<string, TaskValue> { ["first"] = new(JsonPayload.Parse("1"), null) },
        Params = new Dictionary<string, JsonPayload> { ["p"] = JsonPayload.Parse("1") },
    };
}
