using System.Globalization;
using Wizart.Flow.Connections;
using Wizart.Flow.Values;

namespace Wizart.Flow.Engine.Connections;

/// <summary>Checks what is written into the form of a kind of connection.</summary>
internal sealed class ConnectionForm(ConnectionKind kind)
{
    private const int MostSettings = 100;
    private const int LongestValue = 64 * 1024;
    private readonly List<string> _mistakes = [];

    /// <summary>The settings as they would be; null, and all that is wrong, otherwise.</summary>
    public (ConnectionSettings? Settings, IReadOnlyList<string> Mistakes) Fill(ConnectionSettings before, ConnectionDraft draft)
    {
        // What is left out is removed, but for secrets: a form never had their values.
        var values = before.Values.Where(v => kind.IsSecret(v.Key)).ToDictionary(v => v.Key, v => v.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in draft.Values)
        {
            if (!kind.Takes(name)) _mistakes.Add($"Connections of type '{kind.Name}' have no setting '{name}'.{Nearest.Hint(name, kind.Settings.Select(s => s.Name))}");
            else if (string.IsNullOrEmpty(value)) values.Remove(name);
            else if (value == ConnectionDraft.Hidden && kind.IsSecret(name)) KeepSecret(name, values);
            else if (value.Contains($":{ConnectionDraft.Hidden}@", StringComparison.Ordinal) && Kept(name, value, before) is { } whole) values[name] = whole;
            else values[name] = Checked(name, value);
        }

        KeepSecretsFromStrangers(before, draft, values);
        if (values.Count > MostSettings) _mistakes.Add($"A connection has at most {MostSettings} settings.");
        foreach (var field in kind.Settings.Where(s => s.Required && !values.ContainsKey(s.Name))) _mistakes.Add($"{field.Name} must be given: {field.Description}");
        return (_mistakes.Count == 0 ? new ConnectionSettings(before.Id, kind.Name, values) : null, _mistakes);
    }

    /// <summary>Who may change where a connection leads, but never saw its secrets, must not have them sent to a server of his own.</summary>
    private void KeepSecretsFromStrangers(ConnectionSettings before, ConnectionDraft draft, Dictionary<string, string> values)
    {
        if (kind.Settings.FirstOrDefault(s => IsPlace(s) && before.Find(s.Name) is { } old && Server(old) != Server(values.GetValueOrDefault(s.Name))) is not { } moved) return;
        foreach (var name in values.Keys.Where(n => kind.IsSecret(n) && !IsPlace(n) && before.Find(n) == values[n] && !IsGiven(draft, n)).Order(StringComparer.OrdinalIgnoreCase))
            _mistakes.Add($"{moved.Name} leads to another server now: give {name} again, or remove it. A stored secret is sent only where it was meant for.");
    }

    private static bool IsGiven(ConnectionDraft draft, string name) =>
        draft.Values.Any(v => string.Equals(v.Key, name, StringComparison.OrdinalIgnoreCase) && v.Value is { Length: > 0 } value && value != ConnectionDraft.Hidden);

    private bool IsPlace(string name) => kind.Find(name) is { } field && IsPlace(field);

    private static bool IsPlace(SettingField field) => field.Type == SettingType.Url || field.Name is "host" or "server";

    private static string? Server(string? place) =>
        Uri.TryCreate(place, UriKind.Absolute, out var address) && address.Host.Length > 0 ? $"{address.Scheme}://{address.Authority}" : place;

    private void KeepSecret(string name, Dictionary<string, string> values)
    {
        if (!values.ContainsKey(name)) _mistakes.Add($"{name} has no stored value that '{ConnectionDraft.Hidden}' could stand for. Give the value.");
    }

    /// <summary>An address whose password was hidden, and is otherwise the same, keeps it.</summary>
    private string? Kept(string name, string value, ConnectionSettings before) =>
        before.Find(name) is { } old && ConnectionText.Shown(name, old, kind) == value ? old : null;

    private string Checked(string name, string value)
    {
        var wrong = value.Length > LongestValue
            ? $"is longer than {LongestValue / 1024} KB"
            : value.Contains('\0', StringComparison.Ordinal) ? "holds a null character" : WrongWith(kind.Find(name), value);
        if (wrong is not null) _mistakes.Add($"{name} {wrong}.");
        return value;
    }

    private static string? WrongWith(SettingField? field, string value) => field?.Type switch
    {
        SettingType.Number when !long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => "is no whole number",
        SettingType.Flag when !bool.TryParse(value, out _) => "is neither true nor false",
        SettingType.Duration when DurationText.Read(value) is null => "is no span of time such as 500ms, 20s or 5m",
        SettingType.Url when !Uri.TryCreate(value, UriKind.Absolute, out _) => "is no address such as https://api.example.com",
        SettingType.Choice when !field.Choices.Contains(value, StringComparer.OrdinalIgnoreCase) => $"is not one of {string.Join(", ", field.Choices)}",
        _ => null,
    };
}
