namespace Wizart.Flow.Web.Ui.Artifacts;

/// <summary>How an artifact is shown.</summary>
public enum ArtifactLook
{
    /// <summary>As a picture.</summary>
    Image,

    /// <summary>As a page of its own, in a frame that runs nothing and reaches nothing.</summary>
    Page,

    /// <summary>As formatted text.</summary>
    Markdown,

    /// <summary>As a table.</summary>
    Table,

    /// <summary>As text.</summary>
    Text,

    /// <summary>Not at all: to be downloaded.</summary>
    Download,
}

/// <summary>An artifact and as much of it as is shown.</summary>
/// <param name="Hash">Its content's hash.</param>
/// <param name="Name">Its file name.</param>
/// <param name="Look">How it is shown.</param>
/// <param name="Text">Its text, where it is shown as one.</param>
/// <param name="Rows">Its rows, the first the heading, where it is shown as a table.</param>
/// <param name="IsCut">Whether there is more of it.</param>
public sealed record ArtifactModel(string Hash, string Name, ArtifactLook Look, string Text, IReadOnlyList<string[]> Rows, bool IsCut)
{
    /// <summary>Where its content is, from the base on.</summary>
    public string Raw => $"artifacts/{Hash}/{Uri.EscapeDataString(Name)}/raw";

    /// <summary>Where it is a download, from the base on.</summary>
    public string Download => $"api/v1/artifacts/{Hash}?name={Uri.EscapeDataString(Name)}";
}
