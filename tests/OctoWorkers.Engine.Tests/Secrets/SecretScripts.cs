namespace OctoWorkers.Engine.Tests.Secrets;

/// <summary>Scripts that handle secrets, the same in each language.</summary>
/// <param name="syntax">The language.</param>
internal sealed class SecretScripts(ScriptSyntax syntax)
{
    /// <summary>Sets a sensitive output variable, whose value is nowhere in the script.</summary>
    public ScriptAction Sets(string name, string value) => Script(
        $"set_octopusvariable {name} '{value[..5]}''{value[5..]}' -sensitive",
        $"set_octopusvariable('{name}', '{value[..5]}' + '{value[5..]}', True)",
        $"Set-OctopusVariable {name} ('{value[..5]}' + '{value[5..]}') -Sensitive");

    /// <summary>Has a value masked that is nowhere in the script.</summary>
    public ScriptAction Masks(string value) => Script(
        $"echo \"##octopus[mask value='$(encode_servicemessagevalue '{value[..5]}''{value[5..]}')']\"",
        $"import base64\nprint(\"##octopus[mask value='%s']\" % base64.b64encode(b'{value[..5]}' + b'{value[5..]}').decode())",
        $"\"##octopus[mask value='$([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes('{value[..5]}' + '{value[5..]}')))']\"");

    /// <summary>Keeps the values in variables of its own, waits until a file is there, and then tells the length of each value and the value.</summary>
    /// <param name="waits">The file that it makes while it waits.</param>
    /// <param name="goes">The file that it waits for.</param>
    /// <param name="template">Put into the body.</param>
    /// <param name="names">The variables.</param>
    public ScriptAction Tells(string waits, string goes, string template, params string[] names) => Script(
        $$"""
        body='{{template}}'; values=()
        for name in {{string.Join(' ', names.Select(name => $"'{name}'"))}}; do values+=("$(get_octopusvariable "$name")"); done
        touch '{{waits}}'; until [ -e '{{goes}}' ]; do sleep 0.05; done
        for value in "$body" "${values[@]}"; do echo "${#value}: $value"; done
        """,
        $$"""
        import os, time
        values = ['{{template}}'] + [get_octopusvariable(name) for name in [{{string.Join(", ", names.Select(name => $"'{name}'"))}}]]
        open('{{waits}}', 'w').close()
        while not os.path.exists('{{goes}}'): time.sleep(0.05)
        for value in values: print('%d: %s' % (len(value), value))
        """,
        $$"""
        $values = @('{{template}}') + ({{string.Join(", ", names.Select(name => $"'{name}'"))}} | ForEach-Object { $OctopusParameters[$_] })
        [IO.File]::WriteAllText('{{waits}}', '')
        while (![IO.File]::Exists('{{goes}}')) { Start-Sleep -Milliseconds 50 }
        foreach ($value in $values) { "$($value.Length): $value" }
        """);

    private ScriptAction Script(string bash, string python, string powershell) => new(syntax switch
    {
        ScriptSyntax.Bash => bash,
        ScriptSyntax.Python => python,
        _ => powershell,
    })
    {
        Syntax = syntax,
    };
}
