namespace Wizart.Flow.Connections;

/// <summary>A kind of connection as people set it up: what its form asks for, and how it is tried.</summary>
/// <param name="Name">The value of <see cref="ConnectionSettings.Type"/>.</param>
/// <param name="Title">What people call it.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Settings">What it needs to know, in the order of a form.</param>
public sealed record ConnectionKind(string Name, string Title, string Description, IReadOnlyList<SettingField> Settings)
{
    /// <summary>Tries a connection; null when there is nothing that can be tried.</summary>
    public ConnectionCheck? Check { get; init; }

    /// <summary>
    /// Further settings that it takes and no form asks for: names, and beginnings of names that end with a dot, such as
    /// <c>header.</c>; what has such a beginning is kept from people's eyes.
    /// </summary>
    public IReadOnlyList<string> Further { get; init; } = [];

    /// <summary>The setting of a name, compared without case; null when there is none.</summary>
    public SettingField? Find(string name) => Settings.FirstOrDefault(s => string.Equals(s.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether it takes a setting of this name.</summary>
    public bool Takes(string name) => Find(name) is not null || IsOpen(name) || !name.EndsWith('.') && Further.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a setting is kept from people's eyes: it is declared as a secret, or named like one.</summary>
    public bool IsSecret(string name) => Find(name)?.Secret == true || IsOpen(name) || ConnectionSettings.IsSecret(name);

    private bool IsOpen(string name) =>
        Further.Any(begin => begin.EndsWith('.') && name.Length > begin.Length && name.StartsWith(begin, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Tries a connection: reaches the other side, and signs in where it asks for that.</summary>
/// <param name="settings">The connection.</param>
/// <param name="scope">Where it is tried; its cancellation is the time limit.</param>
/// <returns>What was found, in a sentence without secrets. What goes wrong is thrown.</returns>
public delegate Task<string> ConnectionCheck(ConnectionSettings settings, ConnectionScope scope);

/// <summary>What is written into a field of a connection's form.</summary>
public enum SettingType
{
    /// <summary>A text in one line.</summary>
    Text,

    /// <summary>A text of several lines, such as a key.</summary>
    LongText,

    /// <summary>An address with its scheme.</summary>
    Url,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>A span of time such as <c>20s</c>.</summary>
    Duration,

    /// <summary>One of <see cref="SettingField.Choices"/>.</summary>
    Choice,
}

/// <summary>One setting of a kind of connection.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What is written into it.</param>
/// <param name="Description">Words beside the field.</param>
public sealed record SettingField(string Name, SettingType Type, string Description)
{
    /// <summary>Whether it must be given.</summary>
    public bool Required { get; init; }

    /// <summary>Whether its value is never shown.</summary>
    public bool Secret { get; init; }

    /// <summary>What it is when left alone; null when that is nothing.</summary>
    public string? Default { get; init; }

    /// <summary>What may be chosen.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}
