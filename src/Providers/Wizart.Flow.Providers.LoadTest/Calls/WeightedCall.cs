namespace Wizart.Flow.Providers.LoadTest.Calls;

/// <summary>A scenario's call and its share of the mix.</summary>
internal sealed record WeightedCall
{
    public WeightedCall(string name, Func<Task> body, int weight)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfLessThan(weight, 1);
        (Name, Body, Weight) = (name, body, weight);
    }

    public string Name { get; }

    public Func<Task> Body { get; }

    public int Weight { get; }
}
