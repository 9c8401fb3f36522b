namespace Wizart.Flow.Providers.LoadTest;

/// <summary>A way in which calls failed.</summary>
/// <param name="Text">The first line of the error.</param>
/// <param name="Count">How often.</param>
public sealed record LoadProblem(string Text, long Count);
