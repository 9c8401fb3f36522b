namespace Wizart.Flow.Providers.LoadTest.Capacity;

/// <summary>The step that a search wants to see next.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Rate">Calls per second.</param>
/// <param name="Long">Whether it is held longer: a rate that is going to be reported.</param>
internal sealed record SearchMove(LoadStepKind Kind, double Rate, bool Long);

/// <summary>
/// The search for the highest rate that passes: up with bounded growth to the first failure, then between what passed and
/// what failed, to a set precision; the failing rate is tried once more and the passing one is held longer. When that fails, the
/// short steps were deceived, and from there on every step is a long one. Pure: it sees verdicts, and nothing else.
/// </summary>
internal sealed class CapacitySearch(double from, double upTo, double growth, double precision)
{
    // Below this share of the first rate there is nothing to be found by this test.
    private const double Lowest = 1 / 64.0;
    private const int MostRechecks = 3;

    private readonly List<double> _passed = [];
    private bool _careful;
    private bool _repeated;
    private int _rechecks;
    private SearchMove? _move = new(LoadStepKind.Climb, Math.Min(from, upTo), false);

    /// <summary>The step to hold now; null when the search is over.</summary>
    public SearchMove? Next => _move;

    /// <summary>The highest rate that passed with nothing below it failing since; 0 when none did.</summary>
    public double Held => _passed.Count == 0 ? 0 : _passed.Max();

    /// <summary>The lowest rate that failed; null when none did.</summary>
    public double? FirstFailing { get; private set; }

    /// <summary>Whether <see cref="Held"/> was held for the longer time.</summary>
    public bool Confirmed { get; private set; }

    /// <summary>Whether the search was given up because a step stayed open.</summary>
    public bool Inconclusive { get; private set; }

    /// <summary>Takes the verdict on the step of <see cref="Next"/>.</summary>
    public void Record(LoadVerdict verdict)
    {
        var move = _move ?? throw new InvalidOperationException("The search is over.");
        switch (verdict)
        {
            case LoadVerdict.Passed:
                _repeated = false;
                _move = Passed(move);
                break;
            case LoadVerdict.Failed:
                _repeated = false;
                _move = Failed(move);
                break;
            case LoadVerdict.Inconclusive when !_repeated:
                // Once more: a machine has hiccups.
                _repeated = true;
                break;
            default:
                Inconclusive = verdict == LoadVerdict.Inconclusive;
                _move = null;
                break;
        }
    }

    private SearchMove? Passed(SearchMove move)
    {
        _passed.Add(move.Rate);
        Confirmed = move.Long;
        if (move.Kind == LoadStepKind.Confirm) return AfterConfirmed(move.Rate);
        if (move.Kind == LoadStepKind.Recheck)
        {
            // It fails no longer: what was seen there was not the limit.
            FirstFailing = null;
            return Climb(move.Rate);
        }

        return FirstFailing is { } failing ? Between(move.Rate, failing) : Climb(move.Rate);
    }

    private SearchMove? AfterConfirmed(double rate) => FirstFailing is { } failing && _careful ? Between(rate, failing) : null;

    private SearchMove? Failed(SearchMove move)
    {
        if (move.Kind == LoadStepKind.Confirm)
        {
            _careful = true;
            Confirmed = false;
        }

        _passed.RemoveAll(rate => rate >= move.Rate);
        FirstFailing = Math.Min(move.Rate, FirstFailing ?? double.MaxValue);
        if (Held > 0)
        {
            // In careful mode a short step's word is not enough: the next lower rate is held long before it counts again.
            if (move.Kind == LoadStepKind.Confirm) return Step(LoadStepKind.Confirm, LowerBy(move.Rate));
            if (move.Kind == LoadStepKind.Recheck) return Settled(Held);
            return Between(Held, FirstFailing.Value);
        }

        return FirstFailing.Value / 2 < from * Lowest ? null : Step(LoadStepKind.Descend, FirstFailing.Value / 2);
    }

    private double LowerBy(double rate)
    {
        var next = _passed.Where(p => p * (1 + precision) <= rate).DefaultIfEmpty(rate / growth).Max();
        _passed.RemoveAll(p => p >= next);
        return next;
    }

    private SearchMove Climb(double rate) =>
        rate >= upTo ? Settled(rate)! : Step(LoadStepKind.Climb, Math.Min(rate * growth, upTo));

    private SearchMove? Between(double passed, double failed)
    {
        if (failed > passed * (1 + precision)) return Step(LoadStepKind.Bisect, Math.Sqrt(passed * failed));
        if (!_careful && _rechecks < MostRechecks)
        {
            _rechecks++;
            return Step(LoadStepKind.Recheck, failed);
        }

        return Settled(passed);
    }

    private SearchMove? Settled(double rate) => Confirmed && _passed.Contains(rate) && _passed.Max() <= rate ? null : new SearchMove(LoadStepKind.Confirm, rate, true);

    // Rates are told and compared by people: three significant digits are enough, and never more than was allowed.
    private SearchMove Step(LoadStepKind kind, double rate) => new(kind, Math.Min(Math.Round(rate, rate < 100 ? 2 : 1), upTo), _careful || kind == LoadStepKind.Confirm);
}
