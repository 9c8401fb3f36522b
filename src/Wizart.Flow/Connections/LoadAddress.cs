namespace Wizart.Flow.Connections;

/// <summary>A client whose server can be load-tested by a tool that does not use the client itself.</summary>
public interface ILoadTarget
{
    /// <summary>Where the load may be sent.</summary>
    /// <exception cref="Fail">The server may not be load-tested: it is neither this machine nor allowed by its connection.</exception>
    LoadAddress ForLoad();
}

/// <summary>A server that may be load-tested.</summary>
/// <param name="Url">Its base address.</param>
/// <param name="Headers">What is sent with each request, credentials included.</param>
public sealed record LoadAddress(Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>A server on this machine, which needs nobody's leave.</summary>
    /// <exception cref="Fail">It is no http or https address, or not on this machine.</exception>
    public static LoadAddress OnThisMachine(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
            throw new Fail($"'{url}' can't be load-tested: it is no http:// or https:// address.");
        return parsed.IsLoopback
            ? new LoadAddress(parsed, [])
            : throw new Fail($"{parsed.Host} may not be load-tested: it is not this machine. Give it a connection with \"loadTest\": true, and give the connection instead of the address.");
    }

    /// <inheritdoc/>
    public override string ToString() => Url.ToString();
}
