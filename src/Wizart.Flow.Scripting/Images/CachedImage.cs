using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting;

/// <summary>An image that is on disk, whole.</summary>
/// <param name="Reference">Its hash and folder.</param>
/// <param name="Sources">What it was made of.</param>
/// <param name="Description">What its evaluation gave; null when it was not evaluated, or not to the end.</param>
internal sealed record CachedImage(ImageReference Reference, ImageSources Sources, ScriptDescription? Description);
