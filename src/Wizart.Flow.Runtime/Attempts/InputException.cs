namespace Wizart.Flow.Runtime.Attempts;

/// <summary>An input that can't be given to a body: stored as something that its type can't be read from. Trying again would not help.</summary>
public sealed class InputException(string message, Exception? inner = null) : Exception(message, inner);
