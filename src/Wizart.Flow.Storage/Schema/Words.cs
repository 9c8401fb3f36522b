using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Wizart.Flow.Engine.Access;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Callbacks;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Model;

namespace Wizart.Flow.Storage.Schema;

/// <summary>Enums as they are stored: Airflow's words (<c>up_for_retry</c>), so that a person who looks at a table can read it.</summary>
internal static class Words
{
    public static WordsOf<RunState> RunStates { get; } = new();

    public static WordsOf<InstanceState> TaskStates { get; } = new();

    public static WordsOf<RunKind> RunKinds { get; } = new();

    public static WordsOf<AttemptResult> Results { get; } = new();

    public static WordsOf<BackfillState> BackfillStates { get; } = new();

    public static WordsOf<Reprocess> Reprocesses { get; } = new();

    public static WordsOf<WaitKind> WaitKinds { get; } = new();

    public static WordsOf<CallbackEvent> CallbackEvents { get; } = new();

    public static WordsOf<Role> Roles { get; } = new();

    public static WordsOf<DeliveryState> DeliveryStates { get; } = new();
}

/// <summary>The words of one enum, whose members are numbered from zero.</summary>
internal sealed class WordsOf<T> where T : struct, Enum
{
    private readonly string[] _words;
    private readonly byte[][] _utf8;
    private readonly FrozenDictionary<string, T> _values;

    public WordsOf()
    {
        _words = [.. Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
        _utf8 = [.. _words.Select(Encoding.UTF8.GetBytes)];
        _values = Enum.GetValues<T>().ToFrozenDictionary(value => _words[Index(value)], StringComparer.Ordinal);
    }

    public string this[T value] => _words[Index(value)];

    public ReadOnlySpan<byte> Utf8(T value) => _utf8[Index(value)];

    /// <exception cref="InvalidDataException">The word is none of this program's.</exception>
    public T Parse(string word) => _values.TryGetValue(word, out var value)
        ? value
        : throw new InvalidDataException($"'{word}' is no {typeof(T).Name}; the row was written by another version or by hand.");

    private static int Index(T value) => System.Runtime.CompilerServices.Unsafe.As<T, int>(ref value);
}
