using Wizart.Flow.Model;

namespace Wizart.Flow;

/// <summary>A limit shared by tasks of all DAGs: so many slots, of which each running attempt of its tasks holds one or more.</summary>
public sealed class Pool
{
    internal Pool(string name, int slots, SourceLocation location) => (Name, Slots, Location) = (name, slots, location);

    /// <summary>Its name; scripts that declare the same name share the pool.</summary>
    public string Name { get; }

    /// <summary>How many slots the script gives it. A person may set another number; see the handbook.</summary>
    public int Slots { get; }

    internal SourceLocation Location { get; }

    internal PoolModel Model => new(Name, Slots, Location);
}
