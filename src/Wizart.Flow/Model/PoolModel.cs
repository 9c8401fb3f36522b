namespace Wizart.Flow.Model;

/// <summary>A pool as a script declares it.</summary>
/// <param name="Name">Unique in the installation.</param>
/// <param name="Slots">How many slots the script gives it.</param>
/// <param name="Location">Where <c>Pool(name, slots)</c> stands.</param>
public sealed record PoolModel(string Name, int Slots, SourceLocation? Location = null);
