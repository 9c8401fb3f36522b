namespace Wizart.Flow.Engine.Access;

/// <summary>Which passwords are taken.</summary>
public static class PasswordRules
{
    /// <summary>The fewest characters.</summary>
    public const int Shortest = 10;

    /// <summary>The most characters: a hash of more would only cost time.</summary>
    public const int Longest = 200;

    private const int FewestDifferent = 4;

    // Those of the published lists of the most common ones that are long enough to be tried here.
    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "1234567890", "0123456789", "9876543210", "0987654321", "12345678910", "123456789012", "1234567891", "1q2w3e4r5t", "1q2w3e4r5t6y", "q1w2e3r4t5",
        "qwertyuiop", "qwerty1234", "qwerty12345", "qwerty123456", "qwertyuiop123", "asdfghjkl1", "zxcvbnm123", "password12", "password123",
        "password1234", "password12345", "passw0rd123", "p@ssw0rd123", "p@ssword123", "passwordpassword", "mypassword", "changeme123", "changeme1234", "letmein123",
        "letmein1234", "welcome123", "welcome1234", "administrator", "admin12345", "admin123456", "administrator1", "iloveyou123", "iloveyou12", "abcdefghij",
        "abcdefghijk", "abc1234567", "abcd123456", "abc123456789", "a123456789", "q123456789", "qwe1234567", "football123", "sunshine123", "princess123", "superman123",
        "michael123", "basketball", "liverpool1", "manchester", "christopher", "trustno1trustno1", "correcthorsebatterystaple", "wizartflow", "wizartflow1", "wizart.flow",
    };

    /// <summary>What is wrong with a password, and what to do; null when it is taken.</summary>
    public static string? WhyNot(string password, string userName)
    {
        if (password.Length < Shortest) return $"The password is too short: use at least {Shortest} characters. A few words in a row are easy to remember.";
        if (password.Length > Longest) return $"The password is too long: use at most {Longest} characters.";
        if (password.Distinct().Count() < FewestDifferent) return "The password repeats too few characters: anybody would try it. Choose another.";
        if (Common.Contains(password) || Common.Contains(password.TrimEnd('!', '.', '?'))) return "The password is one of the most common ones: anybody would try it. Choose another.";
        return IsOf(password, userName) ? "The password is made of the user's name: anybody would try it. Choose another." : null;
    }

    private static bool IsOf(string password, string name)
    {
        var rest = password.Replace(name, "", StringComparison.OrdinalIgnoreCase);
        return rest.Length < password.Length && rest.Count(char.IsLetter) < FewestDifferent;
    }
}
