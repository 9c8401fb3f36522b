using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Wizart.Flow.Scripting;

/// <summary>
/// A hash over what a script means to the compiler: its tokens and what it references. White space and comments are not in
/// it, so that tidying up makes no new version of a DAG.
/// </summary>
internal static class CodeHash
{
    /// <summary>SHA-256 of the tokens of all files and of the references' identities, lower-case hex.</summary>
    public static string Of(IEnumerable<SyntaxTree> trees, IEnumerable<string> references, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tree in trees)
        {
            foreach (var token in tree.GetRoot(cancellation).DescendantTokens()) Append(hash, token.Text);
            Append(hash, "\u0001");
        }

        foreach (var reference in references) Append(hash, reference);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0]);
    }
}
