using System.Text.Json;

namespace Wizart.Flow.Engine;

/// <summary>A state as a word for people and for the API.</summary>
internal static class StateWord
{
    /// <summary>In lower case with underscores, as it is stored: <c>up_for_retry</c>.</summary>
    public static string Of<T>(T state)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    /// <summary>As it reads in a sentence: <c>up for retry</c>.</summary>
    public static string Spoken<T>(T state)
        where T : struct, Enum => Of(state).Replace('_', ' ');
}
