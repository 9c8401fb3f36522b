namespace Wizart.Flow.Runtime.Tests.Workers;

/// <summary>Tests that look at the memory of this process, which others would blur.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
