using System.Text.Json;
using Wizart.Flow.Engine.Backfills;
using Wizart.Flow.Engine.Commands;
using Wizart.Flow.Engine.Tests.Coordination;
using Wizart.Flow.Model;
using static Wizart.Flow.Engine.Tests.Backfills.BackfillWorld;
using static Wizart.Flow.Engine.Tests.Coordination.EngineWorld;

namespace Wizart.Flow.Engine.Tests.Backfills;

public sealed class BackfillErrorTests
{
    [Fact]
    public async Task A_task_that_the_dag_does_not_have_is_told_with_the_nearest()
    {
        await using var world = await new EngineWorld().StartAsync(Daily);
        var error = await Assert.ThrowsAsync<FlowCommandException>(() => world.BackfillAsync(Days(3, 4) with { Tasks = ["t0", "t1"] }));
        Assert.Equal("DAG 'daily' has no task or group 't1'. Did you mean 't0'?", error.Message);
    }

    [Fact]
    public Task A_range_turned_round_is_refused() => RefusedAsync(Days(5, 4), Refusal.Invalid, "from 2026-11-05 00:00 +00:00 is later than to");

    [Fact]
    public Task A_range_that_reaches_into_the_future_is_refused() => RefusedAsync(Days(9, 11), Refusal.Invalid, "lies in the future");

    [Fact]
    public Task A_range_without_an_interval_is_refused() =>
        RefusedAsync(new BackfillRequest("daily", Day(5).AddHours(1), Day(5).AddHours(2)), Refusal.Invalid, "No interval of 'daily'");

    [Fact]
    public Task A_range_whose_interval_is_not_over_is_refused() => RefusedAsync(Days(10, 10), Refusal.Invalid, "No interval of 'daily' that is over");

    [Fact]
    public Task An_unknown_dag_is_refused_and_a_near_one_named() =>
        RefusedAsync(Days(1, 2) with { DagId = "dayly" }, Refusal.NotFound, "Did you mean 'daily'?");

    [Fact]
    public Task No_runs_at_once_are_refused() => RefusedAsync(Days(1, 2) with { MaxActive = 0 }, Refusal.Invalid, "At most 0 runs at once");

    [Fact]
    public Task A_param_that_the_dag_has_not_is_refused() =>
        RefusedAsync(
            Days(1, 2) with { Params = new Dictionary<string, JsonElement> { ["year"] = JsonSerializer.SerializeToElement(1) } },
            Refusal.Invalid, "has no param 'year'");

    [Fact]
    public async Task More_than_ten_million_intervals_are_refused()
    {
        foreach (ScheduleModel often in (ScheduleModel[])[
            new EveryScheduleModel(TimeSpan.FromSeconds(1)) { Text = "every second" }, new CronScheduleModel("* * * * *") { Text = "every minute" }])
        {
            await RefusedAsync(new BackfillRequest("daily", Day(1).AddYears(-25), Day(1)), Refusal.Invalid, "more than 10 million", Daily with { Schedule = often });
        }
    }

    [Fact]
    public async Task A_dag_without_past_intervals_is_refused()
    {
        foreach (var schedule in (ScheduleModel?[])[null, new OnceScheduleModel { Text = "Once" }, new ContinuousScheduleModel { Text = "Continuously" }])
            await RefusedAsync(Days(1, 2), Refusal.Invalid, "can't be backfilled", DagOf("daily", TaskOf(0)) with { Schedule = schedule, Paused = true });
    }

    [Fact]
    public async Task A_dag_that_no_script_declares_any_more_is_refused()
    {
        await using var world = await new EngineWorld().StartAsync(Daily);
        await world.Engine.Publisher.RemoveAsync("daily.csx", CancellationToken.None);
        var refused = await Assert.ThrowsAsync<FlowCommandException>(() => world.BackfillAsync(Days(1, 2)));
        Assert.Equal(Refusal.Conflict, refused.Refusal);
        Assert.Contains("restore daily.csx to backfill it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_backfill_waits_for_the_end_of_the_first()
    {
        await using var world = new EngineWorld();
        var gate = world.HoldBodies();
        await world.StartAsync(Daily);
        var id = await world.BackfillAsync(Days(1, 2));
        var refused = await Assert.ThrowsAsync<FlowCommandException>(() => world.BackfillAsync(Days(5, 6)));
        Assert.Equal(Refusal.Conflict, refused.Refusal);
        Assert.Contains($"has backfill {id} already, which is running", refused.Message, StringComparison.Ordinal);
        gate.Let(4);
        await world.CompletedAsync(id);
        await world.CompletedAsync(await world.BackfillAsync(Days(5, 6)));
    }

    [Fact]
    public async Task What_is_over_is_neither_paused_nor_cancelled()
    {
        await using var world = await new EngineWorld().StartAsync(Daily);
        var id = await world.BackfillAsync(Days(1, 2));
        await world.CompletedAsync(id);
        var paused = await Assert.ThrowsAsync<FlowCommandException>(() => world.Engine.BackfillCommands.PauseAsync(id, paused: true, "ann"));
        var cancelled = await Assert.ThrowsAsync<FlowCommandException>(() => world.Engine.BackfillCommands.CancelAsync(id, "ann"));
        Assert.Equal((Refusal.Conflict, Refusal.Conflict), (paused.Refusal, cancelled.Refusal));
        Assert.Contains("is over: it is completed", paused.Message, StringComparison.Ordinal);
        Assert.Equal(Refusal.NotFound, (await Assert.ThrowsAsync<FlowCommandException>(() => world.Engine.BackfillCommands.FindAsync(4711))).Refusal);
    }

    private static async Task RefusedAsync(BackfillRequest request, Refusal refusal, string says, DagModel? model = null)
    {
        await using var world = await new EngineWorld().StartAsync(model ?? Daily);
        foreach (var ask in (Func<Task>[])[
            () => world.BackfillAsync(request), () => world.Engine.BackfillCommands.PreviewAsync(request, "ann", CancellationToken.None)])
        {
            var refused = await Assert.ThrowsAsync<FlowCommandException>(ask);
            Assert.Equal(refusal, refused.Refusal);
            Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        }

        Assert.Empty(await world.Store.BackfillsAsync(new BackfillFilter(), CancellationToken.None));
    }
}
