using OctoWorkers.Engine.Definitions.Yaml;

namespace OctoWorkers.Engine.Definitions;

/// <summary>Writes steps.</summary>
internal static class StepWriter
{
    internal static void Write(YamlTreeWriter yaml, StepDefinition step)
    {
        yaml.Member("name", step.Name);
        yaml.Member("pool", step.Pool);
        yaml.Member("poolVariable", step.PoolVariable);
        WriteTargets(yaml, step.Targets);
        yaml.Member("demands", [.. step.Demands.Select(demand => demand.ToString())]);
        yaml.Member("packages", step.Packages, package => Write(yaml, package));
        WriteCondition(yaml, step);
        yaml.Member("start", step.Start == StepStart.WithPrevious ? "withPrevious" : null);
        WriteRetry(yaml, step.Retry);
        yaml.Member("timeout", step.Timeout);
        yaml.Member("idempotent", step.Idempotent, unless: false);
        yaml.Member("required", step.Required, unless: false);
        yaml.Member("disabled", step.Disabled, unless: false);
        yaml.Member("environments", step.Environments);
        yaml.Member("excludedEnvironments", step.ExcludedEnvironments);
        yaml.Member("tenantTags", [.. step.TenantTags.Select(tag => tag.ToString())]);
        switch (step.Action)
        {
            case ScriptAction script:
                Write(yaml, script);
                break;
            case RunRunbookAction runbook:
                Write(yaml, runbook);
                break;
            case ManualAction manual:
                Write(yaml, manual);
                break;
            default:
                throw new InvalidOperationException($"There is no form for {step.Action.GetType().Name}.");
        }
    }

    private static void WriteTargets(YamlTreeWriter yaml, StepTargets? targets)
    {
        if (targets is { OnWorker: false, Window: null })
        {
            yaml.Member("targets", targets.Tags);
        }
        else if (targets is not null)
        {
            yaml.Key("targets");
            yaml.Mapping(() =>
            {
                yaml.Member("tags", targets.Tags);
                yaml.Member("onWorker", targets.OnWorker, unless: false);
                if (targets.Window is { } window)
                {
                    yaml.Member("window", window, unless: 0);
                }
            });
        }
    }

    private static void WriteCondition(YamlTreeWriter yaml, StepDefinition step)
    {
        if (step.Condition == StepCondition.Variable)
        {
            yaml.Key("condition");
            yaml.Mapping(() => yaml.Member("variable", step.ConditionExpression));
            return;
        }

        yaml.Member("condition", step.Condition switch
        {
            StepCondition.Failure => "failure",
            StepCondition.Always => "always",
            _ => null,
        });
    }

    private static void WriteRetry(YamlTreeWriter yaml, RetryPolicy retry)
    {
        if (retry.Count > 0)
        {
            yaml.Key("retry");
            yaml.Mapping(() =>
            {
                yaml.Member("count", retry.Count, unless: -1);
                yaml.Member("backoff", retry.Backoff, TimeSpan.Zero);
                yaml.Member("maxBackoff", retry.MaxBackoff, RetryPolicy.None.MaxBackoff);
            });
        }
    }

    private static void Write(YamlTreeWriter yaml, PackageReference package)
    {
        if (package == new PackageReference(package.PackageId))
        {
            yaml.Text(package.PackageId);
            return;
        }

        yaml.Mapping(() =>
        {
            yaml.Member("id", package.PackageId);
            yaml.Member("feed", package.Feed);
            yaml.Member("version", package.Version);
            yaml.Member("name", package.Name);
            yaml.Member("extract", package.Extract, unless: true);
            yaml.Member("acquire", package.Acquire == PackageAcquisition.Worker ? null : package.Acquire == PackageAcquisition.Engine ? "engine" : "none");
        });
    }

    private static void Write(YamlTreeWriter yaml, ScriptAction script)
    {
        string syntax = script.Syntax switch
        {
            ScriptSyntax.PowerShell => "powershell",
            ScriptSyntax.Python => "python",
            _ => "bash",
        };
        if (script.Arguments.Count + script.Environment.Count + script.Modules.Count == 0)
        {
            yaml.Member(syntax, script.Body);
            return;
        }

        yaml.Key("script");
        yaml.Mapping(() =>
        {
            yaml.Member("syntax", syntax);
            yaml.Member("arguments", script.Arguments);
            yaml.Member("environment", script.Environment);
            yaml.Member("modules", script.Modules);
            yaml.Member("body", script.Body);
        });
    }

    private static void Write(YamlTreeWriter yaml, RunRunbookAction runbook)
    {
        yaml.Key("runbook");
        yaml.Mapping(() =>
        {
            yaml.Member("name", runbook.Runbook);
            yaml.Member("environment", runbook.Environment);
            yaml.Member("wait", runbook.Wait, unless: true);
            yaml.Member("variables", runbook.Variables);
        });
    }

    private static void Write(YamlTreeWriter yaml, ManualAction manual)
    {
        if (manual.Responsible.Count == 0)
        {
            yaml.Member("manual", manual.Instructions);
            return;
        }

        yaml.Key("manual");
        yaml.Mapping(() =>
        {
            yaml.Member("instructions", manual.Instructions);
            yaml.Member("responsible", manual.Responsible);
        });
    }
}
