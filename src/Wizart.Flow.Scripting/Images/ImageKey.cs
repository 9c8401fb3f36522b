using System.Text;

namespace Wizart.Flow.Scripting;

/// <summary>The hash that an image is kept under: of all that went into it.</summary>
internal static class ImageKey
{
    /// <summary>The key. The script's path is part of it, since the image names it in its stack traces and diagnostics.</summary>
    public static string Of(ScriptSources sources, ExtraReferences references, string environment)
    {
        var key = new StringBuilder().Append(environment).Append('\n');
        foreach (var text in sources.Texts) key.Append(text.Path).Append(' ').Append(text.Hash).Append('\n');
        foreach (var reference in references.Identities) key.Append(reference).Append('\n');
        return ScriptText.HashOf(Encoding.UTF8.GetBytes(key.ToString()));
    }
}
