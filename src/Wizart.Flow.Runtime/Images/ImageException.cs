namespace Wizart.Flow.Runtime.Images;

/// <summary>A compiled script that is not there, is damaged, or is none.</summary>
public sealed class ImageException(string message, Exception? inner = null) : Exception(message, inner);
