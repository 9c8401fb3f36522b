namespace Wizart.Flow.Benchmarks.Limits;

/// <summary>A database that nothing but commits is asked of.</summary>
internal interface ICommits : IDisposable
{
    /// <summary>Inserts rows and waits until they are durable.</summary>
    void Commit(int rows);
}
