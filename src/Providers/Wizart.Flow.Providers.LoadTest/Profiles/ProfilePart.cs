using Wizart.Flow.Providers.LoadTest.Arrivals;
using Wizart.Flow.Providers.LoadTest.Generation;

namespace Wizart.Flow.Providers.LoadTest.Profiles;

/// <summary>A part of a profile as it was written.</summary>
internal abstract record ProfilePart(TimeSpan During)
{
    /// <summary>What is driven: rates that follow each other are one schedule.</summary>
    public static IReadOnlyList<ILoad> Loads(IReadOnlyList<ProfilePart> parts)
    {
        var loads = new List<ILoad>();
        foreach (var part in parts)
        {
            switch (part)
            {
                case RatePart rate:
                    if (loads.LastOrDefault() is not OpenLoad open) loads.Add(open = new OpenLoad(new ArrivalSchedule()));
                    open.Schedule.Then(rate.FromRate, rate.ToRate, rate.During);
                    break;
                case CopyPart copies:
                    loads.Add(new ClosedLoad(copies.FromCopies, copies.ToCopies, copies.During));
                    break;
            }
        }

        return loads;
    }
}

/// <summary>Calls per second, from one rate evenly to another.</summary>
internal sealed record RatePart(double FromRate, double ToRate, TimeSpan During) : ProfilePart(During);

/// <summary>Busy callers, from one number evenly to another.</summary>
internal sealed record CopyPart(int FromCopies, int ToCopies, TimeSpan During) : ProfilePart(During);
