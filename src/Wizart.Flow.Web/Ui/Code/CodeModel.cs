using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Model;
using Wizart.Flow.Web.Ui.Dag;

namespace Wizart.Flow.Web.Ui.Code;

/// <summary>A version's script, or what differs between two.</summary>
/// <param name="Head">The DAG.</param>
/// <param name="Version">The version.</param>
/// <param name="Other">The version it is compared with; null to show the script itself.</param>
/// <param name="Changes">What differs.</param>
/// <param name="Versions">The versions, newest first.</param>
/// <param name="Mistakes">What is wrong with the file as it is now, by line.</param>
public sealed record CodeModel(
    DagHead Head, DagVersion Version, DagVersion? Other, IReadOnlyList<DiffLine> Changes, IReadOnlyList<VersionSummary> Versions, ILookup<int, Diagnostic> Mistakes);
