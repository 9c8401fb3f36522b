namespace Wizart.Flow.Web;

/// <summary>What went wrong with a request (RFC 9457).</summary>
/// <param name="Type">Where it is explained; <c>about:blank</c> when the status says it all.</param>
/// <param name="Title">The kind of problem in a few words, always the same for the same code.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong with this request and what to do.</param>
/// <param name="Instance">The path that was asked for.</param>
/// <param name="Code">The kind of problem as a word.</param>
/// <param name="Errors">One entry per mistake.</param>
public sealed record ProblemResource(
    string Type, string Title, int Status, string Detail, string Instance, string Code, IReadOnlyList<ProblemError> Errors);

/// <summary>One mistake.</summary>
/// <param name="Code">A diagnostic's code such as <c>FLOW013</c>, or the problem's own.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record ProblemError(string Code, string Message);
