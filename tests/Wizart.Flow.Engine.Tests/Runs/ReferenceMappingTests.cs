using CsCheck;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Tests.Runs;

/// <summary>The planner agrees with the plain meaning of mapped tasks: outcomes, retries, kills, cancels, and clears of ended runs.</summary>
public sealed class ReferenceMappingTests
{
    [Fact]
    public void The_planner_agrees_with_the_plain_meaning_of_mapped_tasks() =>
        Gen.Select(SomeDag.RandomMapped, Gen.Int[0, int.MaxValue - 1]).Sample((dag, seed) => new Play(dag, seed).Run(), iter: 10_000, threads: 2);

    private sealed class Play
    {
        private static readonly DateTimeOffset Now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        private readonly System.Random _random;
        private readonly DagModel _dag;
        private readonly ReferenceMapping _model;
        private readonly LiveRun _run;
        private string _last = "start";

        public Play(DagModel dag, int seed)
        {
            (_random, _dag, _model) = (new System.Random(seed), dag, new ReferenceMapping(dag));
            _run = new LiveRun(Simulation.RunOf(dag), new RunGraph(dag), []);
        }

        public void Run()
        {
            RunPlanner.Start(_run, Now);
            _model.Begin();
            Compare();
            for (var clears = _random.Next(3); ; clears--)
            {
                for (var step = 0; !_run.Run.State.IsFinal(); step++)
                {
                    Assert.True(step < 5_000, "The run does not end.");
                    Step();
                    Compare();
                }

                if (clears == 0) return;
                Clear();
                Compare();
            }
        }

        private void Step()
        {
            if (_random.Next(60) == 0)
            {
                _last = "cancel";
                RunPlanner.Cancel(_run, RunState.Cancelled, "test", Now);
                _model.Cancel();
                return;
            }

            var able = _run.AllInstances.Where(i => i.State is TaskState.Queued or TaskState.Running or TaskState.UpForRetry)
                .Where(i => i.MapIndex >= 0 || _model.Elements(i.TaskIndex) == 0).ToArray();
            Assert.True(able.Length > 0, $"Nothing can happen: {Show()}");
            var instance = able[_random.Next(able.Length)];
            var (task, map) = (instance.TaskIndex, instance.MapIndex);
            _last = $"{instance.State} t{task}[{map}]";
            switch (instance.State)
            {
                case TaskState.Queued:
                    Assert.True(RunPlanner.Claim(_run, instance, "node", Now));
                    _model.Start(task, map);
                    break;
                case TaskState.UpForRetry:
                    RunPlanner.RetryDue(_run, instance, instance.Attempt, Now);
                    _model.RetryDue(task, map);
                    break;
                default:
                    End(instance);
                    break;
            }
        }

        private void End(TaskInstance instance)
        {
            var error = new TaskError { Type = "Test", Message = "failed" };
            var count = _random.Next(5);
            var (outcome, state, lost) = _random.Next(8) switch
            {
                0 or 1 => ((AttemptOutcome)new AttemptOutcome.Failed(error), TaskState.Failed, false),
                2 => (new AttemptOutcome.Failed(error, MayRetry: false), TaskState.Failed, false),
                3 => (new AttemptOutcome.Skipped("nothing to do"), TaskState.Skipped, false),
                4 => (new AttemptOutcome.Failed(error), TaskState.Failed, true), // its daemon was killed
                _ => (new AttemptOutcome.Succeeded(new TaskValue(JsonPayload.Parse("1"), null)) { Count = count }, TaskState.Success, false),
            };
            _last += $" ends {state}";
            RunPlanner.AttemptEnded(_run, instance, instance.Attempt, outcome, Now, 0.5, lost);
            _model.End(instance.TaskIndex, instance.MapIndex, state, outcome is not AttemptOutcome.Failed { MayRetry: false }, count);
        }

        private void Clear()
        {
            var tasks = new SortedSet<int>([_random.Next(_dag.Tasks.Count)]);
            foreach (var task in _dag.Tasks)
                if (task.Upstream.Any(tasks.Contains)) tasks.Add(task.Index);
            _last = $"clear {string.Join(",", tasks)}";
            RunPlanner.Clear(_run, tasks.Select(task => new InstanceKey(task)), "cleared", Now);
            _run.TakeChanges();
            _run.Begin(_run.Run with { State = RunState.Running, Revision = _run.Run.Revision + 1 });
            RunPlanner.Resume(_run, Now);
            _model.ClearEnded(tasks);
        }

        private void Compare()
        {
            Assert.True(_run.Run.State == _model.State, $"After {_last} the run is {_run.Run.State}, not {_model.State}: {Show()}");
            for (var task = 0; task < _dag.Tasks.Count; task++)
            {
                var elements = _run.AllInstances.Count(i => i.TaskIndex == task && i.MapIndex >= 0);
                Assert.True(elements == _model.Elements(task), $"After {_last} t{task} has {elements} elements, not {_model.Elements(task)}: {Show()}");
                for (var map = -1; map < elements; map++)
                    Assert.True(Ready(task, map) == _model[task, map], $"After {_last} t{task}[{map}] is {Ready(task, map)}, not {_model[task, map]}: {Show()}");
            }
        }

        /// <summary>What is held back by a limit is ready all the same, and so are elements of a list that are let in by portions.</summary>
        private TaskState Ready(int task, int map)
        {
            var state = _run.Find(task, map)!.State;
            var isNext = state == TaskState.None && map >= 0 && _dag.Tasks[task].ForEach!.Kind != InputKind.MappedOutput;
            return isNext || state == TaskState.Scheduled ? TaskState.Queued : state;
        }

        private string Show() => string.Join(" ", _run.AllInstances.Select(i =>
            $"t{i.TaskIndex}[{i.MapIndex}]<-[{string.Join(",", _dag.Tasks[i.TaskIndex].Upstream)}] {_dag.Tasks[i.TaskIndex].ForEach?.Name} {_dag.Tasks[i.TaskIndex].TriggerRule}: {i.State};"));
    }
}
