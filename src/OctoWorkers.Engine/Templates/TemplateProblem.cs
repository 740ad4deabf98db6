using System.Globalization;

namespace OctoWorkers.Engine.Templates;

/// <summary>A part of a template that stayed as it is because it could not be understood or carried out. Never holds a value.</summary>
/// <param name="Variable">The variable whose value has the part; null when it is in the template itself.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Column">Its column, from 1, in UTF-16 units.</param>
/// <param name="Message">What is wrong, and what to do about it.</param>
public sealed record TemplateProblem(string? Variable, int Line, int Column, string Message)
{
    /// <summary>The place and the message.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(Variable is null ? "" : $"value of {Variable}, ")}line {Line}, column {Column}: {Message}");
}
