using Wizart.Flow.Engine.Metrics;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Engine.Storage;

namespace Wizart.Flow.Storage.Tests.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Points_are_read_with_all_that_was_said_with_them()
    {
        var dag = await PublishAsync("etl");
        var run = await RunningAsync(dag, day: -30);
        await WriteAsync(w =>
        {
            w.Runs.Add(Changes(run, dag, [new TaskInstance { TaskIndex = 1, State = InstanceState.Running, Attempt = 1 }]));
            w.Metrics.Add(Told(run, "rows", 12.5, task: 1, tags: [("страна", "by \"1\""), ("kind", "a=b")]));
        });

        var point = Assert.Single(await PointsAsync("rows"));
        Assert.Equal((12.5, run.Id, "etl", 1, "task_1", -1, 1), (point.Value, point.RunId, point.DagId, point.TaskIndex, point.TaskId, point.MapIndex, point.Attempt));
        Assert.Equal((run.LogicalDate, Sample.Noon), (point.LogicalDate, point.Time));
        Assert.Equal([("kind", "a=b"), ("страна", "by \"1\"")], point.Tags.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => (t.Key, t.Value)));
        Assert.Empty(await PointsAsync("Rows"));
    }

    [Fact]
    public async Task A_run_says_what_it_measured_by_its_newest_attempts()
    {
        var dag = await PublishAsync("etl");
        var (run, other) = (await RunningAsync(dag, day: 1), await RunningAsync(dag, day: 1));
        await WriteAsync(w => w.Metrics.AddRange(
        [
            Told(run, "rows", 1), Told(run, "rows", 2, tags: [("a", "1")]), Told(run, "other", 3), Told(run, "rows", 4, task: 1), Told(other, "rows", 9),
        ]));
        await WriteAsync(w => w.Metrics.Add(Told(run, "rows", 5, attempt: 2)));

        Assert.Equal([("other", 3.0), ("rows", 4), ("rows", 5)], await OfRunAsync(null));
        Assert.Equal([("other", 3.0), ("rows", 5)], await OfRunAsync((0, -1)));
        Assert.Equal([("other", 3.0)], await OfRunAsync((0, -1), count: 1));
        Assert.Empty(await OfRunAsync((0, 2)));

        async Task<(string, double)[]> OfRunAsync((int, int)? instance, int count = 10) =>
            [.. (await Queries.RunPointsAsync(run.Id, instance, count, Cancellation)).Select(p => (p.Name, p.Point.Value))];
    }

    [Fact]
    public async Task A_back_dated_run_stands_at_its_logical_date_and_along_time_where_it_was_told()
    {
        var dag = await PublishAsync("etl");
        foreach (var (day, value) in new[] { (3, 1.0), (1, 2.0), (2, 3.0) })
        {
            var run = await RunningAsync(dag, day);
            await WriteAsync(w => w.Metrics.Add(Told(run, "rows", value, minute: (int)value)));
        }

        Assert.Equal([1.0, 3, 2], await ValuesAsync(new MetricFilter("rows")));
        Assert.Equal([2.0, 3, 1], await ValuesAsync(new MetricFilter("rows") { NewestFirst = false }));
        Assert.Equal([1.0, 2, 3], await ValuesAsync(new MetricFilter("rows") { NewestFirst = false, Axis = MetricAxis.Time }));
        Assert.Equal([3.0, 2], await ValuesAsync(new MetricFilter("rows") { Until = Sample.Noon.AddDays(3) }));
        Assert.Equal([1.0, 3], await ValuesAsync(new MetricFilter("rows") { Since = Sample.Noon.AddDays(2) }));
        Assert.Equal([2.0], await ValuesAsync(new MetricFilter("rows") { Axis = MetricAxis.Time, Since = Sample.Noon.AddMinutes(2), Until = Sample.Noon.AddMinutes(3) }));
    }

    [Fact]
    public async Task A_task_that_runs_again_puts_its_points_in_the_place_of_the_earlier_ones()
    {
        var run = await RunningAsync(await PublishAsync("etl"));
        await WriteAsync(w => w.Metrics.AddRange(
        [
            Told(run, "rows", 1), Told(run, "rows", 2, tags: [("a", "1")]), Told(run, "other", 3), Told(run, "rows", 4, task: 1),
        ]));
        await WriteAsync(w => w.Metrics.Add(Told(run, "rows", 5, attempt: 2)));
        await WriteAsync(w => w.Metrics.Add(Told(run, "rows", 6))); // late news of the first attempt

        Assert.Equal([4.0, 5], await ValuesAsync(new MetricFilter("rows") { NewestFirst = false }));
        Assert.Equal([4.0, 5], (await ValuesAsync(new MetricFilter("rows") { Axis = MetricAxis.Time })).Order());
        Assert.Equal([3.0], await ValuesAsync(new MetricFilter("other")));
        Assert.Equal([("other", 1L), ("rows", 2L)], (await Store.MetricsAsync(null, Cancellation)).Select(m => (m.Name, m.Points)));
    }

    [Fact]
    public async Task A_date_that_is_processed_again_has_one_set_of_points_along_logical_dates()
    {
        var dag = await PublishAsync("etl");
        var (first, second) = (await EndedAsync(dag, Sample.Noon), await EndedAsync(dag, Sample.Noon));
        var other = await EndedAsync(await PublishAsync("other"), Sample.Noon);
        await WriteAsync(w => w.Metrics.AddRange(
        [
            Told(first, "rows", 1), Told(first, "rows", 2), Told(first, "rows", 3, tags: [("country", "by")]), Told(first, "rows", 4, tags: [("country", "lt")]),
            Told(second, "rows", 5), Told(second, "rows", 6, tags: [("country", "by")]), Told(second, "rows", 7, tags: [("country", "lt")]),
            Told(second, "rows", 8, attempt: 2), Told(other, "rows", 9),
        ]));

        // What the second run's first attempt told of it counts no longer, and so does not hide what the first run told.
        Assert.Equal([3.0, 4, 8, 9], (await ValuesAsync(new MetricFilter("rows"))).Order());
        Assert.Equal([1.0, 2, 3, 4, 8, 9], (await ValuesAsync(new MetricFilter("rows") { Axis = MetricAxis.Time })).Order());
        Assert.Equal([9.0], await ValuesAsync(new MetricFilter("rows") { DagId = "other" }));
    }

    [Fact]
    public async Task All_tags_that_are_asked_for_must_be_there()
    {
        var run = await RunningAsync(await PublishAsync("etl"));
        await WriteAsync(w => w.Metrics.AddRange(
        [
            Told(run, "rows", 1, tags: [("b", "1"), ("a", "x")]), Told(run, "rows", 2, tags: [("a", "X")]), Told(run, "rows", 3), Told(run, "rows", 4, tags: [("aa", "x")]),
            Told(run, "rows", 5, tags: [("a", "%")]), Told(run, "rows", 6, tags: [("a", "\"a\":\"x\"")]), Told(run, "rows", 7, tags: [("a", "")]), Told(run, "rows", 8, tags: [("b", "1")]),
        ]));

        Assert.Equal([1.0], await Tagged(("a", "x")));
        Assert.Equal([1.0], await Tagged(("a", "x"), ("b", "1")));
        Assert.Equal([1.0, 8], (await Tagged(("b", "1"))).Order());
        Assert.Equal([5.0], await Tagged(("a", "%")));
        Assert.Equal([6.0], await Tagged(("a", "\"a\":\"x\"")));
        Assert.Equal([7.0], await Tagged(("a", "")));
        Assert.Empty(await Tagged(("a", "x"), ("b", "2")));

        Task<IEnumerable<double>> Tagged(params (string Key, string Value)[] tags) => ValuesAsync(new MetricFilter("rows") { Tags = tags.ToDictionary(t => t.Key, t => t.Value) });
    }

    [Theory]
    [InlineData(MetricAxis.LogicalDate, true)]
    [InlineData(MetricAxis.LogicalDate, false)]
    [InlineData(MetricAxis.Time, true)]
    [InlineData(MetricAxis.Time, false)]
    public async Task Pages_give_every_point_once(MetricAxis axis, bool newestFirst)
    {
        var (dag, other) = (await PublishAsync("etl"), await PublishAsync("other"));
        DagRun[] runs = [await RunningAsync(dag, 1), await RunningAsync(dag), await RunningAsync(other), await RunningAsync(other, 1)];
        await WriteAsync(w => w.Metrics.AddRange(Enumerable.Range(0, 22).Select(i => Told(runs[i % 4], "rows", i, minute: i % 3))));
        var all = new MetricFilter("rows") { Axis = axis, NewestFirst = newestFirst };

        var whole = await ValuesAsync(all);
        var paged = new List<double>();
        for (var page = all with { Count = 5 }; ;)
        {
            var points = await Store.MetricPointsAsync(page, Cancellation);
            paged.AddRange(points.Select(p => p.Value));
            if (points.Count < 5) break;
            page = page with { After = MetricCursor.Of(points[^1], axis) };
        }

        Assert.Equal(22, whole.Distinct().Count());
        Assert.Equal(whole, paged);
    }

    [Fact]
    public async Task Points_of_a_span_of_time_become_one()
    {
        var dag = await PublishAsync("etl");
        foreach (var day in new[] { 0, 1, 4 })
        {
            var run = await RunningAsync(dag, day);
            await WriteAsync(w => w.Metrics.AddRange([Told(run, "rows", day + 1), Told(run, "rows", day + 3), Told(run, "rows", day - 1), Told(run, "rows", double.NaN)]));
        }

        var days = await Store.MetricBucketsAsync(new MetricFilter("rows"), TimeSpan.FromDays(1), Cancellation);
        var midnight = new DateTimeOffset(Sample.Noon.UtcDateTime.Date, TimeSpan.Zero);
        Assert.Equal(
            [new(midnight.AddDays(4), 3, 5, 3, 7, 3), new(midnight.AddDays(1), 3, 2, 0, 4, 0), new MetricBucket(midnight, 3, 1, -1, 3, -1)], days);
        Assert.Equal(days.Reverse().Take(2), await Store.MetricBucketsAsync(new MetricFilter("rows") { NewestFirst = false, Count = 2 }, TimeSpan.FromDays(1), Cancellation));
        Assert.Equal(9, (await Store.MetricBucketsAsync(new MetricFilter("rows") { Axis = MetricAxis.Time }, TimeSpan.FromHours(1), Cancellation)).Single().Points);
    }

    [Fact]
    public async Task Metrics_are_listed_with_their_newest_point()
    {
        var (dag, other) = (await PublishAsync("etl"), await PublishAsync("other"));
        var (late, early, ofOther) = (await RunningAsync(dag, 2), await RunningAsync(dag, 1), await RunningAsync(other, 3));
        await WriteAsync(w => w.Metrics.AddRange(
            [Told(late, "rows", 1), Told(early, "rows", 2), Told(early, "_b", 3), Told(early, "B", 4), Told(ofOther, "rows", 5), Told(early, "none", double.NaN)]));

        Assert.Equal([("B", 1L, 1L, 4.0), ("_b", 1, 1, 3), ("rows", 3, 3, 5)], Shown(await Store.MetricsAsync(null, Cancellation)));
        Assert.Equal([("B", 1L, 1L, 4.0), ("_b", 1, 1, 3), ("rows", 2, 2, 1)], Shown(await Store.MetricsAsync("etl", Cancellation)));
        Assert.Empty(await Store.MetricsAsync("nowhere", Cancellation));

        static (string, long, long, double)[] Shown(IReadOnlyList<MetricSummary> metrics) => [.. metrics.Select(m => (m.Name, m.Points, m.Runs, m.Last.Value))];
    }

    [Fact]
    public async Task Points_follow_their_task_to_another_version_and_go_with_their_run()
    {
        var dag = await PublishAsync("etl");
        var run = await EndedAsync(dag, Sample.Noon);
        await WriteAsync(w => w.Metrics.AddRange([Told(run, "rows", 1, task: 0), Told(run, "rows", 2, task: 1)]));
        await DoAsync(t => t.MoveRunAsync(new RunMove(run.Id, run.Revision, run.VersionId, new Dictionary<int, int> { [0] = 1, [1] = 0, [2] = 2 }, 3)));

        Assert.Equal([(0, 2.0), (1, 1)], (await PointsAsync("rows")).OrderBy(p => p.TaskIndex).Select(p => (p.TaskIndex, p.Value)));

        await Retention.RemoveRunsAsync(Cutoff, 10, Cancellation);
        Assert.Empty(await PointsAsync("rows"));
        Assert.Empty(await Store.MetricsAsync(null, Cancellation));
    }

    [Fact]
    public async Task Too_many_points_at_once_and_too_short_spans_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.MetricPointsAsync(new MetricFilter("rows") { Count = 0 }, Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.MetricPointsAsync(new MetricFilter("rows") { Count = MetricFilter.Most + 1 }, Cancellation));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Store.MetricBucketsAsync(new MetricFilter("rows"), TimeSpan.FromMilliseconds(999), Cancellation));
    }

    private Task<IReadOnlyList<SeriesPoint>> PointsAsync(string name) => Store.MetricPointsAsync(new MetricFilter(name), Cancellation);

    private async Task<IEnumerable<double>> ValuesAsync(MetricFilter filter) => [.. (await Store.MetricPointsAsync(filter, Cancellation)).Select(p => p.Value)];

    private static MetricPoint Told(
        DagRun run, string name, double value, int task = 0, int attempt = 1, int minute = 0, params (string Key, string Value)[] tags) =>
        new(Sample.Key(run, task, attempt), run.DagId, Sample.Noon.AddMinutes(minute), name, value, tags.ToDictionary(t => t.Key, t => t.Value));
}
