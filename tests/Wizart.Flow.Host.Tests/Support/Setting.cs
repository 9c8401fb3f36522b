using System.Globalization;

namespace Wizart.Flow.Host.Tests.Support;

/// <summary>How much a long test does: a number that the environment may raise.</summary>
internal static class Setting
{
    public static int Number(string variable, int whenNone) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : whenNone;
}
