using Wizart.Flow.Engine.Storage;
using Wizart.Flow.Web.Ui.Dag;

namespace Wizart.Flow.Web.Ui.Code;

/// <summary>A version's script, or what differs between two.</summary>
/// <param name="Head">The DAG.</param>
/// <param name="Version">The version.</param>
/// <param name="Other">The version it is compared with; null to show the script itself.</param>
/// <param name="Changes">What differs.</param>
/// <param name="Versions">The versions, newest first.</param>
/// <param name="Broken">The file as it is now, when it can't be taken and that is what is looked at.</param>
public sealed record CodeModel(
    DagHead Head, DagVersion Version, DagVersion? Other, IReadOnlyList<DiffLine> Changes, IReadOnlyList<VersionSummary> Versions, ImportError? Broken);
