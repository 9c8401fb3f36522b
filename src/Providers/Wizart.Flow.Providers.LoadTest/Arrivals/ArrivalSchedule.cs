namespace Wizart.Flow.Providers.LoadTest.Arrivals;

/// <summary>When calls are meant to be sent: decided before the first of them, whatever becomes of the others.</summary>
internal sealed class ArrivalSchedule
{
    private readonly List<Piece> _pieces = [];
    private int _piece;

    /// <summary>A constant rate.</summary>
    public static ArrivalSchedule Constant(double rate, TimeSpan during) => new ArrivalSchedule().Then(rate, rate, during);

    /// <summary>The length of all pieces.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(_pieces.Sum(p => p.Seconds));

    /// <summary>How many calls there are in all.</summary>
    public long Count => _pieces.Count == 0 ? 0 : Whole(_pieces[^1].Before + _pieces[^1].Calls);

    /// <summary>Appends a piece whose rate goes evenly from one value to another.</summary>
    public ArrivalSchedule Then(double fromRate, double toRate, TimeSpan during)
    {
        if (during <= TimeSpan.Zero) return this;
        var start = _pieces.Sum(p => p.Seconds);
        var before = _pieces.Count == 0 ? 0 : _pieces[^1].Before + _pieces[^1].Calls;
        _pieces.Add(new Piece(start, during.TotalSeconds, fromRate, toRate, before));
        return this;
    }

    /// <summary>When the call of this number, from zero, is meant to be sent. Numbers are asked for in order.</summary>
    public TimeSpan At(long number)
    {
        while (_piece > 0 && number < Whole(_pieces[_piece].Before)) _piece--;
        while (_piece < _pieces.Count - 1 && number >= Whole(_pieces[_piece].Before + _pieces[_piece].Calls)) _piece++;
        return TimeSpan.FromSeconds(_pieces[_piece].TimeOf(number));
    }

    /// <summary>The rate that is meant at a time.</summary>
    public double RateAt(TimeSpan time) =>
        _pieces.LastOrDefault(p => p.Start <= time.TotalSeconds) is { Seconds: > 0 } piece
            ? piece.FromRate + ((piece.ToRate - piece.FromRate) * Math.Min(1, (time.TotalSeconds - piece.Start) / piece.Seconds))
            : 0;

    // Rounding errors of a sum must not add a call.
    private static long Whole(double calls) => (long)Math.Ceiling(calls - 1e-6);

    private readonly record struct Piece(double Start, double Seconds, double FromRate, double ToRate, double Before)
    {
        public double Calls => (FromRate + ToRate) / 2 * Seconds;

        public double TimeOf(long number)
        {
            var wanted = Math.Max(0, number - Before);
            if (wanted == 0) return Start;
            var slope = (ToRate - FromRate) / Seconds;
            if (Math.Abs(slope) < 1e-12) return Start + (wanted / FromRate);

            // FromRate·t + slope·t²/2 = wanted, in the form that does not cancel when the rates are close.
            var root = Math.Sqrt(Math.Max(0, (FromRate * FromRate) + (2 * slope * wanted)));
            return Start + Math.Min(Seconds, 2 * wanted / (FromRate + root));
        }
    }
}
