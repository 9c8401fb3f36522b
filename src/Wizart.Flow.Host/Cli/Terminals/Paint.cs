namespace Wizart.Flow.Host.Cli;

/// <summary>Colours for lines of text; plain where colours are not wanted.</summary>
internal sealed class Paint(bool isOn)
{
    public bool IsOn => isOn;

    public string Red(string text) => With("31", text);

    public string Green(string text) => With("32", text);

    public string Yellow(string text) => With("33", text);

    public string Blue(string text) => With("34", text);

    public string Cyan(string text) => With("36", text);

    public string Dim(string text) => With("2", text);

    public string Bold(string text) => With("1", text);

    private string With(string code, string text) => isOn && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
