using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Wizart.Flow.Engine.Runs;

namespace Wizart.Flow.Engine.Tests.Runs;

/// <summary>The diagram in the handbook shows the arrows that the code has, and no others.</summary>
public sealed partial class StateDiagram
{
    [Fact]
    public void The_handbook_shows_the_arrows_of_the_code()
    {
        var text = File.ReadAllText(Path.Combine(Here(), "../../../src/Wizart.Flow.Web/Handbook/runs.md"));
        var shown = Arrow().Matches(text).Select(m => $"{m.Groups[1].Value} --> {m.Groups[2].Value}").Order().ToArray();
        var real = Enum.GetValues<TaskState>().SelectMany(s => s.Next().Select(n => $"{Word(s)} --> {Word(n)}")).Order().ToArray();
        Assert.NotEmpty(shown);
        Assert.Equal(real, shown);
    }

    private static string Word(TaskState state) => Capital().Replace(state.ToString(), "_$0").TrimStart('_').ToLowerInvariant();

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"^\s+(\w+) --> (\w+)$", RegexOptions.Multiline)]
    private static partial Regex Arrow();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
