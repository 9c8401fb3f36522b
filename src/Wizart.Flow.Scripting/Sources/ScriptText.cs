using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Wizart.Flow.Scripting;

/// <summary>The text of one script file, read once: what is hashed is what is compiled.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="Text">The content.</param>
/// <param name="Hash">SHA-256 of the bytes, lower-case hex.</param>
internal sealed record ScriptText(string Path, SourceText Text, string Hash)
{
    /// <summary>A script larger than this is refused: no person wrote it.</summary>
    public const int MaxBytes = 2 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file. Gives the text, or the reason why it can't be used; a file that isn't there gives neither.</summary>
    public static (ScriptText? Text, string? WhyNot) Read(string path)
    {
        try
        {
            if (Directory.Exists(path)) return (null, "is a directory. Rename it, or put a script file in its place");
            var file = new FileInfo(path);
            var target = TargetOf(file);
            if (!target.Exists) return file.LinkTarget is null ? (null, null) : (null, $"is a link to '{file.LinkTarget}', which isn't there");
            var length = target.Length;
            return length > MaxBytes
                ? (null, FormattableString.Invariant($"is too large ({length / 1024.0 / 1024.0:0.#} MB; a script may have 2 MB). Read data in a task's body"))
                : Decode(path, length == 0 ? [] : File.ReadAllBytes(path));
        }
        catch (FileNotFoundException)
        {
            return (null, null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.Security.SecurityException)
        {
            return (null, $"can't be read: {error.Message.TrimEnd('.')}. Check its permissions");
        }
    }

    // Pipes and devices have no length, and reading them might never end: by their length they count as empty.
    private static FileInfo TargetOf(FileInfo file) =>
        file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;

    private static (ScriptText? Text, string? WhyNot) Decode(string path, byte[] bytes)
    {
        try
        {
            _ = Strict.GetCharCount(bytes);
            if (bytes is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..]) return (null, NotUtf8);
        }
        catch (DecoderFallbackException)
        {
            return (null, NotUtf8);
        }

        var text = SourceText.From(bytes, bytes.Length, Encoding.UTF8, SourceHashAlgorithm.Sha256, canBeEmbedded: true);
        return (new ScriptText(path, text, HashOf(bytes)), null);
    }

    /// <summary>SHA-256, lower-case hex.</summary>
    public static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private const string NotUtf8 = "is not UTF-8 text. Save it as UTF-8";
}
