using Wizart.Flow.Engine.Clearing;
using Wizart.Flow.Web.Ui.Runs;

namespace Wizart.Flow.Web.Ui.Actions;

/// <summary>The form that clears or marks: what is chosen, and what that touches.</summary>
/// <param name="Head">The run.</param>
/// <param name="IsMark">Whether it marks; it clears otherwise.</param>
/// <param name="Choice">What is chosen.</param>
/// <param name="Preview">What it touches.</param>
/// <param name="Mistake">Why it can't be done.</param>
/// <param name="Alone">Whether it is shown in a dialog.</param>
public sealed record ReworkModel(RunHead Head, bool IsMark, ReworkChoice Choice, ReworkReport? Preview, string? Mistake, bool Alone)
{
    /// <summary>Its path, from the base on.</summary>
    public string Path => $"{Layout.Links.Run(Head.Run.Id)}/{(IsMark ? "mark" : "clear")}";
}

/// <summary>What a person chose in the form.</summary>
/// <param name="Task">A task, or an element as <c>id[5]</c>; empty for the whole run.</param>
/// <param name="OnlyFailed">Only what failed.</param>
/// <param name="Upstream">What the task waits for, too.</param>
/// <param name="Downstream">What waits for the task, too.</param>
/// <param name="Past">Runs of earlier dates, too.</param>
/// <param name="Future">Runs of later dates, too.</param>
/// <param name="OnNewest">Go on with the newest version.</param>
/// <param name="As">What it is marked as: success, failed, skipped.</param>
/// <param name="Note">Why.</param>
public sealed record ReworkChoice(string Task, bool OnlyFailed, bool Upstream, bool Downstream, bool Past, bool Future, bool OnNewest, string As, string Note);
