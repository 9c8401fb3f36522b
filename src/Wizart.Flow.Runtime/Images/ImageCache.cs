using System.Collections.Concurrent;
using Wizart.Flow.Execution;

namespace Wizart.Flow.Runtime.Images;

/// <summary>
/// The images loaded in this process. They stay: a process that has loaded many is recycled by its pool
/// (<see cref="Workers.WorkerPoolOptions.RecycleAfterImages"/>).
/// </summary>
public sealed class ImageCache
{
    private readonly ConcurrentDictionary<ImageReference, Lazy<ScriptImage>> _images = new();

    /// <summary>The image, loaded at the first call.</summary>
    /// <exception cref="ImageException">It can't be loaded; a later call tries again.</exception>
    public ScriptImage Get(ImageReference reference)
    {
        if (_images.TryGetValue(reference, out var known)) return known.Value;
        var image = _images.GetOrAdd(reference, static r => new Lazy<ScriptImage>(() => ScriptImage.Load(r)));
        try
        {
            return image.Value;
        }
        catch
        {
            _images.TryRemove(KeyValuePair.Create(reference, image));
            throw;
        }
    }

    /// <summary>Adds one that is there already.</summary>
    internal void Add(ImageReference reference, ScriptImage image) => _images[reference] = new Lazy<ScriptImage>(image);
}
