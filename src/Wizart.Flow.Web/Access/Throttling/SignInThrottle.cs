using System.Net;

namespace Wizart.Flow.Web.Access;

/// <summary>
/// Slows down who guesses passwords: each wrong one of a name, and each from an address, makes the next try wait longer. A try counts
/// as wrong from its beginning, so that many at once gain nothing. What is remembered is bounded.
/// </summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    /// <summary>The most names, and the most addresses, that are remembered.</summary>
    public const int Most = 10_000;

    // A name is blocked for a minute at most: otherwise anybody could keep a user out by guessing. Many people may share an address.
    private readonly FailureBook _names = new(free: 5, longest: TimeSpan.FromMinutes(1), Most);
    private readonly FailureBook _addresses = new(free: 20, longest: TimeSpan.FromMinutes(15), Most);
    private readonly Lock _lock = new();

    /// <summary>Begins a try; gives how long to wait instead when it comes too soon, and null when it may go on.</summary>
    public TimeSpan? Begin(string name, IPAddress? address)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            var wait = Max(_names.WaitOf(NameKey(name), now), _addresses.WaitOf(AddressKey(address), now));
            if (wait > TimeSpan.Zero) return wait;
            _names.Fail(NameKey(name), now);
            _addresses.Fail(AddressKey(address), now);
            return null;
        }
    }

    /// <summary>The try was right: the name begins anew, and the address has one failure less.</summary>
    public void Succeeded(string name, IPAddress? address)
    {
        lock (_lock)
        {
            _names.Forget(NameKey(name));
            _addresses.Forgive(AddressKey(address));
        }
    }

    /// <summary>How many names and addresses are remembered.</summary>
    internal (int Names, int Addresses) Remembered
    {
        get
        {
            lock (_lock) return (_names.Count, _addresses.Count);
        }
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    // No user's name is longer: a longer one need not be remembered as it is.
    private static string NameKey(string name) => (name.Length <= 64 ? name : name[..64]).ToLowerInvariant();

    /// <summary>One network of IPv6 belongs to one customer, who has all its addresses.</summary>
    private static string AddressKey(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes.Length == 16 ? bytes.AsSpan(0, 8) : bytes);
    }
}
