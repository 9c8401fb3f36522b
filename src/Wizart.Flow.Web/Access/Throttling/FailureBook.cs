namespace Wizart.Flow.Web.Access;

/// <summary>Failures by key, and how long each makes the next try wait: nothing for the first few, then twice as long each time.</summary>
/// <param name="free">How many failures cost no wait.</param>
/// <param name="longest">The longest wait; a key is forgotten when it has been quiet for four times as long.</param>
/// <param name="most">How many keys are remembered.</param>
internal sealed class FailureBook(int free, TimeSpan longest, int most)
{
    private readonly Dictionary<string, (int Failures, DateTimeOffset Last)> _keys = new(StringComparer.Ordinal);

    /// <summary>How many keys are remembered.</summary>
    public int Count => _keys.Count;

    /// <summary>How long the next try of a key must wait from now on; zero when it need not.</summary>
    public TimeSpan WaitOf(string key, DateTimeOffset now)
    {
        if (!_keys.TryGetValue(key, out var known) || IsOld(known.Last, now) || known.Failures < free) return TimeSpan.Zero;
        var seconds = Math.Min(Math.Pow(2, Math.Min(known.Failures - free, 30)), longest.TotalSeconds);
        var wait = known.Last + TimeSpan.FromSeconds(seconds) - now;
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Notes a failure.</summary>
    public void Fail(string key, DateTimeOffset now)
    {
        var failures = _keys.TryGetValue(key, out var known) && !IsOld(known.Last, now) ? known.Failures : 0;
        if (!_keys.ContainsKey(key) && _keys.Count >= most) MakeRoom(now);
        _keys[key] = (failures + 1, now);
    }

    /// <summary>Takes a failure back.</summary>
    public void Forgive(string key)
    {
        if (!_keys.TryGetValue(key, out var known)) return;
        if (known.Failures <= 1) _keys.Remove(key);
        else _keys[key] = known with { Failures = known.Failures - 1 };
    }

    /// <summary>Forgets a key.</summary>
    public void Forget(string key) => _keys.Remove(key);

    /// <summary>Forgets what is old; if that is too little, a tenth of all, those with the fewest failures first: who floods the book with new keys does not free a blocked one.</summary>
    private void MakeRoom(DateTimeOffset now)
    {
        foreach (var old in _keys.Where(k => IsOld(k.Value.Last, now)).Select(k => k.Key).ToArray()) _keys.Remove(old);
        if (_keys.Count < most) return;
        foreach (var key in _keys.OrderBy(k => k.Value.Failures).ThenBy(k => k.Value.Last).Take(Math.Max(1, most / 10)).Select(k => k.Key).ToArray())
            _keys.Remove(key);
    }

    private bool IsOld(DateTimeOffset last, DateTimeOffset now) => now - last > longest * 4;
}
