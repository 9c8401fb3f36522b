namespace Wizart.Flow.Providers.LoadTest.Capacity;

/// <summary>How a search goes about it.</summary>
internal sealed record CapacitySettings(double From, double UpTo, TimeSpan Hold)
{
    public double Growth { get; init; } = 1.4;

    public double Precision { get; init; } = 0.03;

    public int Fewest { get; init; } = 100;

    /// <summary>Half of a step by default.</summary>
    public TimeSpan WarmUp { get; init; } = Hold / 2;

    public TimeSpan? MostTime { get; init; }

    public long? MostCalls { get; init; }

    /// <summary>How long a service may take to answer again after a step that it did not hold.</summary>
    public TimeSpan RecoveryLimit { get; init; } = TimeSpan.FromSeconds(30);

    public LoadCondition PassWhile { get; init; } = new(w => w.ErrorRate < 0.01, "w.ErrorRate < 0.01");

    public LoadCondition StopWhen { get; init; } = new(w => w.ErrorRate > 0.5, "w.ErrorRate > 0.5");

    public StepPlan WarmUpPlan() => new(0, LoadStepKind.WarmUp, Math.Min(From, UpTo), TimeSpan.Zero, WarmUp);

    /// <summary>The step of a move: held as long as was asked for, and until enough calls are in its window.</summary>
    public StepPlan PlanOf(SearchMove move, int number)
    {
        var settle = TimeSpan.FromSeconds(Math.Min(Hold.TotalSeconds / 4, 10));
        var window = move.Long ? Hold * 2 : Hold - settle;
        var needed = TimeSpan.FromSeconds((Fewest + 1) / move.Rate);
        return new StepPlan(number, move.Kind, move.Rate, settle, window > needed ? window : needed);
    }
}

/// <summary>A condition and its own text.</summary>
internal sealed record LoadCondition(Func<LoadWindow, bool> IsTrue, string Text);
