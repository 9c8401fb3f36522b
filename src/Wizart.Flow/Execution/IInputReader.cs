namespace Wizart.Flow.Execution;

/// <summary>Gives the inputs of one attempt their values. Implemented where bodies run.</summary>
public interface IInputReader
{
    /// <summary>The attempt itself.</summary>
    TaskContext Context { get; }

    /// <summary>The output of an upstream task of this run.</summary>
    T Output<T>(string taskId);

    /// <summary>What the instances of a mapped upstream task gave, in the order of its elements.</summary>
    T[] MappedOutput<T>(string taskId);

    /// <summary>The element that this instance of a mapped task stands for.</summary>
    T Element<T>();

    /// <summary>A client built from a connection's settings.</summary>
    T Connection<T>(string id);

    /// <summary>The stored value, or the default when none is stored.</summary>
    T Variable<T>(string name, T @default);

    /// <summary>The run's value, or the default when the run sets none.</summary>
    T Param<T>(string name, T @default);

    /// <summary>An asset's latest update.</summary>
    AssetUpdate<T> Asset<T>(string uri);

    /// <summary>The updates that started the run, of one asset or, with an empty uri, of all.</summary>
    AssetEvents AssetEvents(string uri);

    /// <summary>The earlier values of a metric.</summary>
    Trend Trend(Model.TrendModel trend);
}
