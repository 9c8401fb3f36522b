namespace Wizart.Flow.Web.Health;

/// <summary>How the daemon is, part by part.</summary>
/// <param name="Status"><c>ok</c> or <c>failed</c>.</param>
/// <param name="Parts">Its parts.</param>
public sealed record HealthReport(PartStatus Status, IReadOnlyList<HealthPartResource> Parts);

/// <summary>How a part is.</summary>
/// <param name="Name">The part.</param>
/// <param name="Status"><c>ok</c>, <c>late</c>, or <c>failed</c>.</param>
/// <param name="Beat">When it last gave a sign of life.</param>
/// <param name="Detail">More.</param>
public sealed record HealthPartResource(string Name, PartStatus Status, DateTimeOffset? Beat, string? Detail);
