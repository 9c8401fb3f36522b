namespace Wizart.Flow.Web.Ui.Handbook;

/// <summary>A page of the handbook.</summary>
/// <param name="Name">What its URL ends with.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Html">The page.</param>
/// <param name="Sections">Its sections in their order; the first is what stands before the first heading below the title.</param>
public sealed record HandbookPage(string Name, string Title, string Html, IReadOnlyList<HandbookSection> Sections);

/// <summary>A section of a page.</summary>
/// <param name="Id">What a link to it ends with; empty for the beginning of the page.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Level">2 or 3; 1 for the beginning of the page.</param>
/// <param name="Text">Its words, without markup.</param>
public sealed record HandbookSection(string Id, string Title, int Level, string Text);

/// <summary>A section that has what was looked for.</summary>
/// <param name="Page">Its page.</param>
/// <param name="Section">The section.</param>
/// <param name="Before">The words before the place.</param>
/// <param name="Match">What was looked for, as it stands there; empty when only the heading has it.</param>
/// <param name="After">The words behind it.</param>
public sealed record HandbookHit(HandbookPage Page, HandbookSection Section, string Before, string Match, string After);
