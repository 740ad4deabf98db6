using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using OctoWorkers.PowerShell.Sessions;

namespace OctoWorkers.PowerShell.Completion;

/// <summary>Completes names by the query that the <c>Get-</c> cmdlet of the noun runs.</summary>
public abstract class NameCompleter : IArgumentCompleter
{
    /// <summary>Whoever types does not wait longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        IReadOnlyList<Candidate> candidates;
        try
        {
            using CancellationTokenSource enough = new(Patience);
            candidates = Task.Run(() => ReadAsync(fakeBoundParameters ?? new Hashtable(), enough.Token)).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is OctoWorkersException or OperationCanceledException)
        {
            // There is nobody to tell: whoever presses the key gets no names, and the command itself says why.
            return [];
        }

        WildcardPattern pattern = new(WildcardPattern.Escape(typed) + "*", WildcardOptions.IgnoreCase);
        return [.. candidates.Where(one => pattern.IsMatch(one.Text)).OrderBy(one => one.Order).ThenBy(one => one.Text, StringComparer.OrdinalIgnoreCase).Select(Result)];
    }

    /// <summary>The names there are.</summary>
    /// <param name="session">The store.</param>
    /// <param name="bound">Parameters that were given already, by name.</param>
    /// <param name="cancellationToken">It takes too long.</param>
    protected abstract Task<IReadOnlyList<Candidate>> ReadAsync(EngineSession session, IDictionary bound, CancellationToken cancellationToken);

    private async Task<IReadOnlyList<Candidate>> ReadAsync(IDictionary bound, CancellationToken cancellationToken)
        => await ReadAsync(await OpenSessions.CurrentAsync(cancellationToken).ConfigureAwait(false), bound, cancellationToken).ConfigureAwait(false);

    private static CompletionResult Result(Candidate one)
    {
        bool isPlain = one.Text.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/') && !one.Text.StartsWith('-');
        string text = isPlain ? one.Text : $"'{CodeGeneration.EscapeSingleQuotedStringContent(one.Text)}'";
        return new(text, one.Text, CompletionResultType.ParameterValue, one.Tip.Length > 0 ? one.Tip : one.Text);
    }

    /// <summary>A name that can be completed.</summary>
    /// <param name="Text">The name.</param>
    /// <param name="Tip">What it is.</param>
    /// <param name="Order">Lower ones come first.</param>
    protected sealed record Candidate(string Text, string Tip = "", long Order = 0);
}
