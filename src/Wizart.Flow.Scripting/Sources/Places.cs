using Microsoft.CodeAnalysis;
using Wizart.Flow.Model;

namespace Wizart.Flow.Scripting;

/// <summary>Roslyn's places as people count them.</summary>
internal static class Places
{
    /// <summary>The place where a location begins; null when it lies in no source.</summary>
    public static SourceLocation? Of(Location location)
    {
        if (location == Location.None || !location.IsInSource) return null;
        var span = location.GetMappedLineSpan();
        return new SourceLocation(span.Path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1);
    }
}
