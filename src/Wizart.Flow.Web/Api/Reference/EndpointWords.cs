namespace Wizart.Flow.Web;

/// <summary>What the reference says of an endpoint that its code does not: the one source of the OpenAPI document.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path below the API's root, as it is mapped.</param>
/// <param name="Name">A name for generated clients.</param>
/// <param name="Summary">What it does, in a sentence.</param>
internal sealed record EndpointWords(string Method, string Path, string Name, string Summary)
{
    /// <summary>Under which heading it stands.</summary>
    public string Tag { get; init; } = "";

    /// <summary>What it answers; null when there is no body.</summary>
    public Type? Gives { get; init; }

    /// <summary>The status of a good answer.</summary>
    public int Status { get; init; } = 200;

    /// <summary>What kind of content a good answer is.</summary>
    public string MediaType { get; init; } = "application/json";

    /// <summary>Another good answer that it may give.</summary>
    public (int Status, Type? Type, string MediaType)? Or { get; init; }

    /// <summary>What its body says; null when it has none.</summary>
    public Type? Takes { get; init; }

    /// <summary>Whether the body may be left out.</summary>
    public bool IsBodyOptional { get; init; }

    /// <summary>What its query and headers may say.</summary>
    public IReadOnlyList<QueryWord> Asks { get; init; } = [];

    /// <summary>Problems of its own, beside those of all endpoints like it.</summary>
    public IReadOnlyList<int> Problems { get; init; } = [];

    /// <summary>Whether it needs no token.</summary>
    public bool IsOpen { get; init; }

    public EndpointWords With(params IReadOnlyList<QueryWord> asks) => this with { Asks = [.. Asks, .. asks] };

    /// <summary>It gives a list in parts.</summary>
    public EndpointWords Paged(string whenNone = "all") => With(
        QueryWord.Number("count", $"At most so many, up to 1,000; by default {whenNone}."),
        QueryWord.Of("cursor", "Goes on after an earlier answer: from its Link with rel=\"next\"."));

    /// <summary>It changes something that has a revision.</summary>
    public EndpointWords Revised() => With(QueryWord.Header("If-Match", "The ETag of what you saw: changes nothing when it has changed since, and answers 412.")) with
    {
        Problems = [.. Problems, 412],
    };

    /// <summary>It is done once for each key.</summary>
    public EndpointWords Once() => With(QueryWord.Header("Idempotency-Key", "The same key with the same body within 24 hours is done once, and gets the first answer again.")) with
    {
        Problems = [.. Problems, 422],
    };
}
