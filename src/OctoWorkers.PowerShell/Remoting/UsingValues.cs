using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text;

namespace OctoWorkers.PowerShell.Remoting;

/// <summary>The values of the <c>$using:</c> expressions of a script block, taken from the caller's session.</summary>
internal static class UsingValues
{
    /// <summary>The values by the keys that PowerShell looks them up by on the other side; null when there are none.</summary>
    /// <exception cref="OctoWorkersException"><see cref="EngineError.InvalidArgument"/> when one refers to a variable that is not there.</exception>
    internal static Hashtable? Of(ScriptBlock block, SessionState caller)
    {
        Hashtable values = [];
        foreach (UsingExpressionAst expression in block.Ast.FindAll(static node => node is UsingExpressionAst, searchNestedScriptBlocks: true).Cast<UsingExpressionAst>())
        {
            string key = KeyOf(expression);
            if (values.ContainsKey(key))
            {
                continue;
            }

            if (TryEvaluate(expression, caller, out object? value))
            {
                values.Add(key, value);
            }
            else if (!IsInNestedBlock(expression, block.Ast))
            {
                throw new OctoWorkersException(
                    EngineError.InvalidArgument,
                    $"The script block has '{expression.Extent.Text}' in line {expression.Extent.StartLineNumber - block.Ast.Extent.StartLineNumber + 1}, and this session has no such variable. Set it first.",
                    expression.Extent.Text);
            }
        }

        return values.Count == 0 ? null : values;
    }

    // As PowerShell makes it: names of variables do not differ by case, other expressions may.
    private static string KeyOf(UsingExpressionAst expression)
    {
        string text = expression.ToString();
        return Convert.ToBase64String(Encoding.Unicode.GetBytes(expression.SubExpression is VariableExpressionAst ? text.ToLowerInvariant() : text));
    }

    private static bool TryEvaluate(UsingExpressionAst expression, SessionState caller, out object? value)
    {
        if (expression.SubExpression is VariableExpressionAst { VariablePath: { IsDriveQualified: false } path })
        {
            PSVariable? found = caller.PSVariable.Get(path.UserPath);
            value = found?.Value;
            return found is not null;
        }

        value = caller.InvokeCommand.InvokeScript(caller, ScriptBlock.Create(expression.SubExpression.Extent.Text.Replace("$using:", "$", StringComparison.OrdinalIgnoreCase)))
            .Select(result => result?.BaseObject).FirstOrDefault();
        return value is not null;
    }

    // There it may be meant for a block that is nested on the worker, whose variables are not known here.
    private static bool IsInNestedBlock(Ast node, Ast root)
    {
        for (Ast? parent = node.Parent; parent is not null && parent != root; parent = parent.Parent)
        {
            if (parent is ScriptBlockExpressionAst)
            {
                return true;
            }
        }

        return false;
    }
}
