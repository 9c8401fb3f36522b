using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;

namespace Wizart.Flow.Web.Ui.Errors;

/// <summary>The files that fit, of those that something is wrong with.</summary>
public sealed record ErrorsModel(string Text, IReadOnlyList<BrokenFile> Files, int All, int Healthy);

/// <summary>A file that could not be taken.</summary>
/// <param name="Error">What is wrong with it.</param>
/// <param name="Dags">The DAGs whose last good version is from it, and goes on.</param>
/// <param name="Mistakes">Each mistake with the lines around it.</param>
public sealed record BrokenFile(ImportError Error, IReadOnlyList<StoredDag> Dags, IReadOnlyList<Mistake> Mistakes);

/// <summary>One mistake.</summary>
/// <param name="Diagnostic">What is wrong and what to do.</param>
/// <param name="Help">The page that explains it; null when there is none.</param>
/// <param name="Lines">The lines around its place; none when it has none, or lies in another file.</param>
public sealed record Mistake(Diagnostic Diagnostic, string? Help, IReadOnlyList<SourceLine> Lines);

/// <summary>A line of a script.</summary>
public sealed record SourceLine(int Number, string Text, bool IsPlace);
