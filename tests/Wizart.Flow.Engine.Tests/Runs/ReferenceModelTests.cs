using CsCheck;
using Wizart.Flow.Engine.Runs;
using Wizart.Flow.Execution;
using Wizart.Flow.Model;

namespace Wizart.Flow.Engine.Tests.Runs;

/// <summary>The planner, which does as little as it can, and the model, which does everything anew each time, must agree.</summary>
public sealed class ReferenceModelTests
{
    [Fact]
    public void The_planner_agrees_with_the_plain_meaning_of_a_run_whatever_happens() =>
        Gen.Select(SomeDag.Random, Gen.Int[0, int.MaxValue - 1]).Sample((dag, seed) => new Play(dag, seed).Run(), iter: 10_000, threads: 2);

    private sealed class Play
    {
        private static readonly DateTimeOffset Now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        private readonly System.Random _random;
        private readonly DagModel _dag;
        private readonly ReferenceModel _model;
        private readonly LiveRun _run;
        private int _interventions = 8;
        private string _last = "start";

        public Play(DagModel dag, int seed)
        {
            (_random, _dag) = (new System.Random(seed), dag);
            string[] only = _random.Next(4) > 0 ? [] : [.. dag.Tasks.Where(_ => _random.Next(3) == 0).Select(task => task.Id)];
            _run = new LiveRun(Simulation.RunOf(dag) with { OnlyTasks = only }, new RunGraph(dag), []);
            _model = new ReferenceModel(dag, only.Length == 0 ? [] : LeftOut(only));
        }

        private int[] LeftOut(string[] only)
        {
            var needed = new HashSet<int>(_dag.Tasks.Where(task => only.Contains(task.Id)).Select(task => task.Index));
            foreach (var task in _dag.Tasks.Reverse())
                if (needed.Contains(task.Index)) needed.UnionWith(task.Upstream);
            return [.. _dag.Tasks.Select(task => task.Index).Except(needed)];
        }

        public void Run()
        {
            RunPlanner.Start(_run, Now);
            _model.Clear([]); // looks at everything once
            Compare();
            for (var step = 0; !_run.Run.State.IsFinal() || _interventions > 0; step++)
            {
                Assert.True(step < 5_000, "The run does not end.");
                if (_interventions > 0 && (_run.Run.State.IsFinal() || _random.Next(6) == 0)) Intervene();
                else Step();
                Compare();
            }
        }

        private void Step()
        {
            var able = _run.Instances.Where(i => i.State is TaskState.Queued or TaskState.Running or TaskState.UpForRetry).ToArray();
            Assert.True(able.Length > 0, $"Nothing can happen: {Show()}");
            var instance = able[_random.Next(able.Length)];
            var task = instance.TaskIndex;
            _last = $"{instance.State} t{task}";
            switch (instance.State)
            {
                case TaskState.Queued:
                    Assert.True(RunPlanner.Claim(_run, instance, "node", Now));
                    _model.Start(task);
                    break;
                case TaskState.UpForRetry:
                    RunPlanner.RetryDue(_run, instance, instance.Attempt, Now);
                    _model.RetryDue(task);
                    break;
                default:
                    End(instance);
                    break;
            }
        }

        private void End(TaskInstance instance)
        {
            var error = new TaskError { Type = "Test", Message = "failed" };
            var (outcome, state, lost) = _random.Next(7) switch
            {
                0 or 1 => ((AttemptOutcome)new AttemptOutcome.Failed(error), TaskState.Failed, false),
                2 => (new AttemptOutcome.Failed(error, MayRetry: false), TaskState.Failed, false),
                3 => (new AttemptOutcome.Skipped("nothing to do"), TaskState.Skipped, false),
                4 => (new AttemptOutcome.Failed(error), TaskState.Failed, true), // its daemon was killed
                _ => (new AttemptOutcome.Succeeded(null), TaskState.Success, false),
            };
            _last += $" ends {state}";
            RunPlanner.AttemptEnded(_run, instance, instance.Attempt, outcome, Now, 0.5, lost);
            _model.End(instance.TaskIndex, state, outcome is not AttemptOutcome.Failed { MayRetry: false });
        }

        private void Intervene()
        {
            _interventions--;
            int[] tasks = [.. Enumerable.Range(0, _dag.Tasks.Count).Where(_ => _random.Next(4) == 0)];
            var keys = tasks.Select(task => new InstanceKey(task));
            var state = new[] { TaskState.Success, TaskState.Failed, TaskState.Skipped }[_random.Next(3)];
            var goesOn = _random.Next(2) == 0;
            switch (_random.Next(8))
            {
                case 0:
                    _last = "cancel";
                    RunPlanner.Cancel(_run, RunState.Cancelled, "test", Now);
                    _model.Cancel();
                    break;
                case < 5:
                    _last = $"clear {string.Join(",", tasks)}";
                    RunPlanner.Clear(_run, keys, "cleared", Now);
                    _model.Clear(tasks);
                    break;
                default:
                    _last = $"mark {string.Join(",", tasks)} {state} {goesOn}";
                    RunPlanner.Mark(_run, keys, state, "marked", goesOn, Now);
                    _model.Mark(tasks, state, goesOn);
                    break;
            }

            if (_run.Run.State != RunState.Queued) return;
            _run.TakeChanges();
            _run.Begin(_run.Run with { State = RunState.Running, Revision = _run.Run.Revision + 1 });
            RunPlanner.Resume(_run, Now);
        }

        private void Compare()
        {
            for (var i = 0; i < _dag.Tasks.Count; i++)
            {
                var state = _run[i].State == TaskState.Scheduled ? TaskState.Queued : _run[i].State;
                Assert.True(state == _model[i], $"After {_last} t{i} is {state}, not {_model[i]}: {Show()}");
            }

            Assert.True(_run.Run.State == _model.State, $"After {_last} the run is {_run.Run.State}, not {_model.State}: {Show()}");
        }

        private string Show() => string.Join(" ", _dag.Tasks.Select(t => $"{t.Id}<-[{string.Join(",", t.Upstream)}] {t.TriggerRule}: {_run[t.Index].State}/{_model[t.Index]};"));
    }
}
