using System.Text.RegularExpressions;
using Wizart.Flow.Engine.Commands;

namespace Wizart.Flow.Engine.Access;

/// <summary>Which names users may have: 1 to 64 letters, digits and <c>. _ - @ +</c>, beginning with a letter or digit, and none that the daemon itself goes by.</summary>
public static partial class UserNames
{
    private static readonly HashSet<string> Taken = new(StringComparer.OrdinalIgnoreCase) { StoredToken.Local, Caller.Inside, "scheduler", "unknown", "nobody", "api" };

    /// <summary>What is wrong with a name; null when it is taken.</summary>
    public static string? WhyNot(string name) =>
        !Allowed().IsMatch(name) ? $"'{Short(name)}' can't be a user's name: use 1 to 64 letters, digits, '.', '_', '-', '+' and '@', beginning with a letter or digit."
        : Taken.Contains(name) ? $"'{name}' is a name the daemon itself goes by. Choose another."
        : null;

    /// <summary>Refuses a name that makes no sense.</summary>
    /// <exception cref="FlowCommandException">It makes none.</exception>
    public static void Check(string name)
    {
        if (WhyNot(name) is { } why) throw new FlowCommandException(Refusal.Invalid, why);
    }

    private static string Short(string name) => name.Length <= 100 ? name : string.Concat(name.AsSpan(0, 100), "…");

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Nd}._@+\-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Allowed();
}
