namespace Wizart.Flow.Providers.Sql.Statements;

/// <summary>Knows, character by character, whether SQL stands inside quotes or a comment, where a parameter is none.</summary>
internal sealed class QuoteScanner
{
    private State _state;
    private char _last;

    private enum State
    {
        /// <summary>Plain SQL; entered when quotes or a comment end.</summary>
        Open,

        /// <summary>Between single quotes; a doubled one leaves and enters again.</summary>
        Text,

        /// <summary>Between double quotes.</summary>
        Name,

        /// <summary>From two dashes to the end of the line.</summary>
        Line,

        /// <summary>From slash and star to star and slash.</summary>
        Block,
    }

    /// <summary>What surrounds the next character; null when nothing does.</summary>
    public string? Inside => _state switch
    {
        State.Text => "'quotes'",
        State.Name => "\"quotes\"",
        State.Line or State.Block => "a comment",
        _ => null,
    };

    public void See(char c)
    {
        var before = _state;
        _state = (before, c) switch
        {
            (State.Open, '\'') => State.Text,
            (State.Open, '"') => State.Name,
            (State.Open, '-') when _last == '-' => State.Line,
            (State.Open, '*') when _last == '/' => State.Block,
            (State.Text, '\'') or (State.Name, '"') or (State.Line, '\n') => State.Open,
            (State.Block, '/') when _last == '*' => State.Open,
            _ => before,
        };
        _last = before == _state ? c : '\0';
    }
}
