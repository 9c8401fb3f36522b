using System.Globalization;
using System.Text;

namespace Wizart.Flow.Runtime.Logs;

/// <summary>How much an attempt may still log. When it is used up one line says so, and the rest is dropped.</summary>
internal sealed class LogBudget(long limit)
{
    // What a line costs beside its text, so that a flood of empty lines ends too.
    private const int LineCost = 32;
    private long _used;
    private bool _told;

    /// <summary>Whether the line may be told, and the notice to tell in its place when it is the first that may not.</summary>
    public bool Take(string line, out string? notice)
    {
        notice = null;
        if (_told) return false;
        _used += Encoding.UTF8.GetByteCount(line) + LineCost;
        if (_used <= limit) return true;
        _told = true;
        notice = string.Create(
            CultureInfo.InvariantCulture,
            $"The log of this attempt has reached its limit of {limit / 1024.0 / 1024.0:0.##} MB; the rest was cut. Log less, or keep it as an artifact.");
        return false;
    }

    /// <summary>Whether nothing more will be taken.</summary>
    public bool IsUsedUp => _told;
}
