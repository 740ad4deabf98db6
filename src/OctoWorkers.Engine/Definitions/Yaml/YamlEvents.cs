using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OctoWorkers.Engine.Definitions.Yaml;

/// <summary>The parser's events, one after the other; whatever the parser refuses becomes an <see cref="InvalidDefinitionsException"/> in plain words.</summary>
internal sealed class YamlEvents(string file, string text)
{
    private readonly Parser _parser = new(new StringReader(text));
    private readonly Stack<(Mark Start, string Bracket)> _open = new();
    private Mark _reached = Mark.Empty;

    /// <summary>The next event; null after the last.</summary>
    internal ParsingEvent? Next()
    {
        try
        {
            if (!_parser.MoveNext())
            {
                return null;
            }
        }
        catch (YamlException exception)
        {
            throw Refuse(exception.Start, exception.End, exception.Message, exception);
        }
        catch (Exception exception)
        {
            // For some broken files, among them those with an open bracket, the parser throws what it did not mean to; its words help nobody.
            throw Refuse(_reached, _reached, YamlSyntaxProblem.Lost, exception);
        }

        ParsingEvent next = _parser.Current!;
        _reached = next.End;
        Follow(next);
        return next;
    }

    internal SourceLocation At(Mark mark) => new(file, Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column));

    private void Follow(ParsingEvent next)
    {
        switch (next)
        {
            case SequenceStart sequence:
                _open.Push((next.Start, sequence.Style == SequenceStyle.Flow ? "[" : ""));
                break;
            case MappingStart mapping:
                _open.Push((next.Start, mapping.Style == MappingStyle.Flow ? "{" : ""));
                break;
            case SequenceEnd or MappingEnd:
                _open.Pop();
                break;
        }
    }

    private InvalidDefinitionsException Refuse(Mark start, Mark end, string message, Exception cause)
    {
        DefinitionProblem problem = _open.TryPeek(out (Mark Start, string Bracket) innermost) && innermost.Bracket.Length > 0
            ? new(At(innermost.Start), $"this '{innermost.Bracket}' is not closed, or what stands between its brackets is not valid YAML")
            : YamlSyntaxProblem.Explain(text, At(start), Math.Max((int)end.Line, (int)_reached.Line), message);
        return new([problem], cause);
    }
}
