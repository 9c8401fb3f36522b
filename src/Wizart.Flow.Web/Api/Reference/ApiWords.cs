namespace Wizart.Flow.Web;

/// <summary>What the reference says, endpoint by endpoint.</summary>
internal static partial class ApiWords
{
    private static readonly Lazy<Dictionary<(string, string), EndpointWords>> ByRoute = new(() => All.ToDictionary(w => (w.Method, w.Path)));

    /// <summary>All of it.</summary>
    public static IEnumerable<EndpointWords> All =>
    [
        .. Tagged("DAGs", Dags), .. Tagged("Runs", Runs), .. Tagged("Tasks", Tasks), .. Tagged("Backfills", Backfills), .. Tagged("Assets", Assets),
        .. Tagged("Metrics", Metrics), .. Tagged("Connections", Connections), .. Tagged("Access", Access), .. Tagged("House", House),
    ];

    /// <summary>What is said of an endpoint; null when nothing is.</summary>
    public static EndpointWords? Find(string method, string path) => ByRoute.Value.GetValueOrDefault((method, path));

    private static IEnumerable<EndpointWords> Tagged(string tag, IEnumerable<EndpointWords> words) => words.Select(w => w with { Tag = tag });

    private static EndpointWords Get<T>(string path, string name, string summary) => new("GET", path, name, summary) { Gives = typeof(T) };

    private static EndpointWords Send<TBody, T>(string method, string path, string name, string summary, int status = 200) =>
        new(method, path, name, summary) { Takes = typeof(TBody), Gives = typeof(T), Status = status };

    private static EndpointWords Do<T>(string path, string name, string summary, int status = 200) =>
        new("POST", path, name, summary) { Gives = typeof(T), Status = status };

    private static QueryWord Element => QueryWord.Number("mapIndex", "The element of a mapped task; -1, the default, for a plain one.");
}
