namespace Wizart.Flow.Host.Callbacks;

/// <summary>Why a notification could not be told, for people.</summary>
public sealed class NotifierException(string message, Exception? inner = null) : Exception(message, inner);
