using System.Text.Json;
using Wizart.Flow.Testing;
using Wizart.Flow.Web;

namespace Wizart.Flow.Host.Cli;

/// <summary>What <c>flow run</c> tells programs.</summary>
internal static class RunJson
{
    /// <summary>Writes <c>{"dagId","runId","state","tasks":[{"id","mapIndex","state","attempts","output","error"}]}</c>.</summary>
    public static void Write(Utf8JsonWriter writer, LocalRunResult result, Terminal terminal)
    {
        writer.WriteStartObject();
        writer.WriteString("dagId", result.Run.DagId);
        writer.WriteNumber("runId", result.Run.Id);
        writer.WriteString("state", SnakeCaseEnums.Word(result.State));
        writer.WriteStartArray("tasks");
        foreach (var task in result.Tasks) Write(writer, task, terminal);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, LocalTaskResult task, Terminal terminal)
    {
        writer.WriteStartObject();
        writer.WriteString("id", task.Id);
        writer.WriteNumber("mapIndex", task.MapIndex);
        writer.WriteString("state", SnakeCaseEnums.Word(task.State));
        writer.WriteNumber("attempts", task.Attempts);
        writer.WritePropertyName("output");
        if (task.Output is { } output) writer.WriteRawValue(output.Utf8.Span);
        else writer.WriteNullValue();
        if (task.Error is { } error)
        {
            writer.WriteStartObject("error");
            writer.WriteString("message", error.Message);
            writer.WriteString("file", error.Location is { File: { } file } ? terminal.Shown(file) : null);
            if (error.Location is { Line: > 0 } place) writer.WriteNumber("line", place.Line);
            else writer.WriteNull("line");
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteNull("error");
        }

        writer.WriteEndObject();
    }
}
