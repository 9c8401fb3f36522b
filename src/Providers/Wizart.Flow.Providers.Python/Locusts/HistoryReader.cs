using System.Text;

namespace Wizart.Flow.Providers.Python.Locusts;

/// <summary>Follows <c>_stats_history.csv</c> while Locust writes it, and makes seconds of its running totals.</summary>
internal sealed class HistoryReader(string file)
{
    public const string TotalName = "Aggregated";
    private static readonly (string, string) Total = ("", TotalName);

    private readonly CsvReader _csv = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly Dictionary<(string Method, string Name), Series> _series = [];
    private long _position;

    /// <summary>The seconds of all requests together.</summary>
    public IReadOnlyList<LocustSecond> Seconds => Of("", TotalName);

    /// <summary>The seconds of one method and name.</summary>
    public IReadOnlyList<LocustSecond> Of(string method, string name) => _series.TryGetValue((method, name), out var series) ? series.Seconds : [];

    /// <summary>Reads what was added; gives the seconds of all requests that are new.</summary>
    public IReadOnlyList<LocustSecond> Read()
    {
        if (!File.Exists(file)) return [];
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = _position;
        using var added = new MemoryStream();
        stream.CopyTo(added);
        _position += added.Length;

        var characters = new char[Encoding.UTF8.GetMaxCharCount((int)added.Length + 4)];
        var count = _decoder.GetChars(added.GetBuffer().AsSpan(0, (int)added.Length), characters, flush: false);
        var before = Seconds.Count;
        foreach (var row in _csv.Add(new string(characters, 0, count))) Add(row);
        return [.. Seconds.Skip(before)];
    }

    private void Add(CsvRow row)
    {
        var key = (row.Text("Type"), row.Text("Name"));
        if (key != Total && row.Count("Total Request Count") == 0) return;
        if (!_series.TryGetValue(key, out var series)) _series[key] = series = new Series();
        series.Add(row);
    }

    private sealed class Series
    {
        private readonly List<LocustSecond> _seconds = [];
        private long _requests;
        private long _failures;

        public IReadOnlyList<LocustSecond> Seconds => _seconds;

        public void Add(CsvRow row)
        {
            var (requests, failures) = (row.Count("Total Request Count"), row.Count("Total Failure Count"));
            // Locust may be told to forget what was before all users had started: then its totals begin anew.
            if (requests < _requests) (_requests, _failures) = (0, 0);
            _seconds.Add(new LocustSecond
            {
                Time = DateTimeOffset.FromUnixTimeSeconds(row.Count("Timestamp")),
                Users = (int)row.Count("User Count"),
                Requests = requests - _requests,
                Failures = Math.Max(0, failures - _failures),
                P50 = row.Milliseconds("50%"),
                P95 = row.Milliseconds("95%"),
                P99 = row.Milliseconds("99%"),
            });
            (_requests, _failures) = (requests, failures);
        }
    }
}
