using System.Globalization;
using System.Text.Json;
using Wizart.Flow.Web;

namespace Wizart.Flow.Browser.Tests.Support;

/// <summary>What ran before the tests look.</summary>
internal sealed class Past
{
    private readonly Dictionary<string, long> _runs = [];

    /// <summary>The day before which the daily DAG did not exist.</summary>
    public static DateOnly Since { get; } = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(-12);

    /// <summary>A run by its name.</summary>
    public long this[string name] => _runs[name];

    /// <summary>Writes the scripts.</summary>
    public static void Write(DaemonHome home)
    {
        home.Write("every_state.csx", Scripts.EveryState);
        home.Write("report.csx", Scripts.Report);
        home.Write("order.csx", Scripts.Order);
        home.Write("gated.csx", Scripts.Gated);
        home.Write("firsts.csx", Scripts.Firsts);
        home.Write("queue.csx", Scripts.Queue);
        home.Write("long_log.csx", Scripts.LongLog);
        home.Write("release.csx", Scripts.Approval);
        home.Write("assets.csx", Scripts.Assets);
        home.Write("hostile.csx", Scripts.Hostile);
        home.Write("endless.csx", Scripts.Endless);
        home.Write("never.csx", Scripts.Never);
        home.Write("broken.csx", Scripts.Fine);
        home.Write("daily.csx", Scripts.Daily(Since, 1));
    }

    /// <summary>Runs what has to have run.</summary>
    public static async Task<Past> MakeAsync(DaemonHome home, FlowApiClient api)
    {
        var past = new Past();
        foreach (var id in (string[])["every_state", "report", "order", "gated", "one_at_a_time", "long_log", "release", "maker", "hostile", "never_ran", "broken", "daily", "first_in_gantt"])
            await api.DagAsync(id);
        home.Write("broken.csx", Scripts.Broken);
        await past.StartAsync(api, "long_log", "long_log");
        await past.StartAsync(api, "every_state", "every_state");
        await past.StartAsync(api, "report", "report");
        await past.StartAsync(api, "hostile", "hostile");
        await past.StartAsync(api, "release", "release");
        await past.StartAsync(api, "maker", "maker");
        await past.StartAsync(api, "daily", "daily 1", date: Since.AddDays(2));
        await past.StartAsync(api, "order", "order", new { reason = "for the tests", count = 3 });
        await past.StartAsync(api, "one_at_a_time", "running");
        await past.StartAsync(api, "one_at_a_time", "queued");
        foreach (var name in (string[])["daily 1", "every_state", "report", "hostile", "maker", "order"]) await api.EndAsync(past[name]);
        home.Write("daily.csx", Scripts.Daily(Since, 2));
        await api.DagAsync("daily", d => d.Version == 2);
        await past.StartAsync(api, "daily", "daily 2", date: Since.AddDays(3));
        await past.StartAsync(api, "every_state", "every_state 2");
        await past.StartAsync(api, "report", "report 2");
        foreach (var name in (string[])["daily 2", "every_state 2", "report 2", "long_log"]) await api.EndAsync(past[name]);
        await api.ErrorAsync("broken.csx", "CS0103");
        await Eventually.HoldsAsync(async () => (await api.ApprovalsAsync()).Length > 0, () => "an approval that waits");
        return past;
    }

    private async Task StartAsync(FlowApiClient api, string dag, string name, object? values = null, DateOnly? date = null)
    {
        using var answer = await api.PostAsync($"dags/{dag}/runs", JsonSerializer.Serialize(new { @params = values ?? new { }, date = date?.ToString("O", CultureInfo.InvariantCulture) }));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        _runs[name] = JsonSerializer.Deserialize(text, ApiJson.Default.RunResource)!.Id;
    }
}
