namespace Wizart.Flow.Engine.Callbacks;

/// <summary>When a delivery that failed is tried again: soon at first, then ever more seldom, and for about a day.</summary>
public static class DeliveryWaits
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15),
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromHours(8),
    ];

    /// <summary>How long one try may take.</summary>
    public static TimeSpan PatienceOfOneTry { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a delivery is tried at all.</summary>
    public static int MostTries => Waits.Length + 1;

    /// <summary>The wait after a failed try, numbered from one; null after the last.</summary>
    public static TimeSpan? After(int tries) => tries <= Waits.Length ? Waits[tries - 1] : null;
}
