using System.Collections.Concurrent;
using Spectre.Console;
using Wizart.Flow.Model;

namespace Wizart.Flow.Host.Cli;

/// <summary>Keeps a run's picture up to date on a terminal, with what its tasks say scrolling above.</summary>
internal sealed class LivePicture(Terminal terminal, DagModel model)
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentQueue<string> _said = new();

    /// <summary>Lets a line scroll above the picture.</summary>
    public void Say(string taskId, string text) =>
        _said.Enqueue($"[dim]{StateLook.Escaped(taskId)} │[/] {StateLook.Escaped(text)}");

    /// <summary>Shows it until the run has ended.</summary>
    /// <param name="look">Gives the tasks as they are now.</param>
    /// <param name="ended">Complete when the run has ended.</param>
    public async Task ShowAsync(Func<Task<TaskLine[]>> look, Task ended)
    {
        var picture = new RunPicture(model, terminal.Time);
        var console = terminal.Console;
        await console.Live(picture.Of(await look(), console.Profile.Width, console.Profile.Height))
            .Overflow(VerticalOverflow.Ellipsis)
            .StartAsync(async live =>
            {
                while (true)
                {
                    var isLast = ended.IsCompleted;
                    var lines = await look();
                    while (_said.TryDequeue(out var said)) console.MarkupLine(said);
                    live.UpdateTarget(picture.Of(lines, console.Profile.Width, console.Profile.Height));
                    if (isLast) return;
                    await Task.WhenAny(ended, Task.Delay(Frame, terminal.Time));
                }
            });
    }
}
