using OctoWorkers.Engine.Tests.Secrets;
using Xunit;
using static OctoWorkers.Engine.Tests.Runs.RunWorld;

namespace OctoWorkers.Engine.Tests.Runs;

/// <summary>Scripts and variables as nobody should write them, in real runs.</summary>
public sealed class BadScriptTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<ScriptSyntax> Syntaxes => [.. Enum.GetValues<ScriptSyntax>()];

    [Fact]
    public async Task GivenATemplateThatRefersToItself_WhenItsStepRuns_ThenItFailsBeforeItStartsAndNamesTheCircle()
    {
        await using RunWorld world = await CreateAsync();
        await world.PutAsync(new RunbookDefinition("R", [Step("s", $"touch '{world.File("trap")}'; echo #{{A}}")])
        {
            Variables = [VariableDefinition.Text("A", "#{B}"), VariableDefinition.Text("B", "x#{A}")],
        });
        RunDetails run = await world.First.RunAsync("R");
        Assert.Equal(RunStatus.Failed, run.Run.Status);
        Assert.Contains("A -> B -> A", run.Steps[0].Error, StringComparison.Ordinal);
        Assert.False(File.Exists(world.File("trap")));
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenValuesThatReferToThemselves_WhenNobodyUsesThem_ThenTheStepRuns()
    {
        await using RunWorld world = await CreateAsync();
        await world.PutAsync(new RunbookDefinition("R", [Step("s", "get_octopusvariable A")]) { Variables = [VariableDefinition.Text("A", "x#{A}")] });
        RunDetails run = await world.First.RunAsync("R");
        Assert.Equal(["x#{A}"], await world.First.TextAsync(run.Run.Id, 1));
    }

    // Who writes to a script's standard output speaks for the script; no line says who wrote it.
    [Fact]
    public async Task GivenServiceMessagesOfAChildProcess_WhenTheyAreWhole_ThenTheyCountAndBrokenOnesAreWarnings()
    {
        await using RunWorld world = await CreateAsync();
        RunDetails run = await world.RunAsync(Step(
            "s",
            """
            sh -c 'echo "##octopus[setVariable name=\"QQ==\" value=\"Yg==\"]"; echo "##octopus[setVariable name='"'QQ=='"' value='"'Yg=='"']"
            echo "##octopus[setVariable name='"'Qg=='"' value='"'%%%'"']"; echo "##octopus[mask"; echo "##octopus[format-disk]"; echo end'
            """));
        Assert.Equal(RunStatus.Success, run.Run.Status);
        OutputVariableSet output = Assert.Single(run.Outputs);
        Assert.Equal(("A", "b"), (output.Name, output.Value));
        IReadOnlyList<LogLine> lines = await world.First.LogAsync(run.Run.Id, 1);
        Assert.Contains(lines, line => line.Level == LogLevel.Warning);
        Assert.Equal("end", lines[^1].Text);
    }

    [Theory]
    [MemberData(nameof(Syntaxes))]
    public async Task GivenNamesAndValuesThatAreHostile_WhenAScriptReadsThem_ThenTheyAreOnlyText(ScriptSyntax syntax)
    {
        Interpreter.Require(syntax);
        await using RunWorld world = await CreateAsync();
        string trap = world.File("trap");
        string[] names =
        [
            $"it's \"quoted\" $(touch '{trap}') `touch '{trap}'`", "two\nlines\n']=x; touch trap #", "\u00fcn\u00ef\U0001F419", "a]b[c", "@", "*", "!x", "IFS", "PATH", "$null", "__import__('os')", new('n', 10_000),
        ];
        VariableDefinition[] variables = [.. names.Select((name, index) => VariableDefinition.Text(name, $"{index} {name}")), VariableDefinition.Text("Wanted", string.Join('\u001f', names))];
        ScriptAction script = new(syntax switch
        {
            ScriptSyntax.Bash =>
                """
                IFS=$'\x1f' read -r -d '' -a names < <(get_octopusvariable Wanted; printf '\x1f')
                for i in "${!names[@]}"; do [ "$(get_octopusvariable "${names[i]}")" = "$i ${names[i]}" ] || echo "not $i"; done
                echo "${#names[@]}"
                """,
            ScriptSyntax.Python =>
                """
                names = get_octopusvariable('Wanted').split('\x1f')
                for i, name in enumerate(names):
                    if get_octopusvariable(name) != '%d %s' % (i, name): print('not', i)
                print(len(names))
                """,
            _ =>
                """
                $names = $OctopusParameters['Wanted'].Split([char]0x1f)
                for ($i = 0; $i -lt $names.Count; $i++) { if ($OctopusParameters[$names[$i]] -cne "$i $($names[$i])") { "not $i" } }
                $names.Count
                """,
        })
        {
            Syntax = syntax,
        };
        await world.PutAsync(new RunbookDefinition("R", [new("s", script)]) { Variables = variables });
        RunDetails run = await world.First.RunAsync("R");
        Assert.Equal((RunStatus.Success, null), (run.Run.Status, run.Run.Error));
        Assert.Equal([$"{names.Length}"], await world.First.TextAsync(run.Run.Id, 1));
        Assert.False(File.Exists(trap));
    }

    public static TheoryData<string, string> OddSecrets { get; } = new()
    {
        { "x", "is 1 x" }, { "     ", "is 5      " }, { " \t ab ", "is 6  \t ********" }, { new string('s', 1_000_000), "is 1000000 ********" },
    };

    [Theory]
    [MemberData(nameof(OddSecrets))]
    public async Task GivenASecretThatIsOdd_WhenAScriptReadsIt_ThenItComesWholeAndIsMaskedWhereItCanBe(string secret, string line)
    {
        await using RunWorld world = await CreateAsync();
        await world.PutAsync(new RunbookDefinition("R", [Step("s", "v=$(get_octopusvariable S); echo \"is ${#v} $v\"")])
        {
            Variables = [VariableDefinition.Sensitive("S", world.First.Secrets.Seal(secret))],
        });
        RunDetails run = await world.First.RunAsync("R");
        Assert.Equal((RunStatus.Success, null), (run.Run.Status, run.Run.Error));
        string text = string.Concat(await world.First.TextAsync(run.Run.Id, 1));
        Assert.Equal(line.Split(' ')[1], text.Split(' ')[1]);
        Assert.Equal(line.EndsWith("********", StringComparison.Ordinal), !text.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task GivenASecretWithNul_WhenBashIsToReadIt_ThenTheErrorNamesTheVariableAndNotItsValue()
    {
        await using RunWorld world = await CreateAsync();
        await world.PutAsync(new RunbookDefinition("R", [Step("s", "true")]) { Variables = [VariableDefinition.Sensitive("S", world.First.Secrets.Seal("a\0bcd"))] });
        RunDetails run = await world.First.RunAsync("R");
        Assert.Equal(RunStatus.Failed, run.Run.Status);
        Assert.Contains("'S'", run.Steps[0].Error, StringComparison.Ordinal);
        Assert.Contains("NUL", run.Steps[0].Error, StringComparison.Ordinal);
        Assert.DoesNotContain("bcd", run.Steps[0].Error, StringComparison.Ordinal);
        await world.AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task GivenAScriptWithMarkCarriageReturnsAndLatinLetters_WhenItRuns_ThenOnlyItsTextCounts()
    {
        await using RunWorld world = await CreateAsync();
        RunDetails run = await world.RunAsync(
            Step("bash", "\uFEFFecho one\r\nif true; then\r\n  printf 'caf\\351\\n'\r\nfi\r\n"),
            new("python", new ScriptAction("\uFEFFprint('one')\r\nif True:\r\n    import sys\r\n    sys.stdout.buffer.write(b'caf\\xe9')\r\n") { Syntax = ScriptSyntax.Python }));
        Assert.Equal((RunStatus.Success, null), (run.Run.Status, run.Run.Error));
        Assert.Equal(["one", "caf\uFFFD"], await world.First.TextAsync(run.Run.Id, 1));
        Assert.Equal(["one", "caf\uFFFD"], await world.First.TextAsync(run.Run.Id, 2));
    }

    [Theory]
    [InlineData("os.kill(os.getpid(), 9)", 137)]
    [InlineData("os._exit(3)", 3)]
    [InlineData("raise ValueError('boom')", 1)]
    public async Task GivenAPythonThatPrintsWithoutNewlineAndDies_WhenItRuns_ThenItsLastWordsAreThere(string dies, int code)
    {
        await using RunWorld world = await CreateAsync();
        RunDetails run = await world.RunAsync(new StepDefinition(
            "s", new ScriptAction($"import os\nprint('first')\nprint('last words', end='')\nopen('{world.File("before")}', 'w')\n{dies}\n") { Syntax = ScriptSyntax.Python }));
        Assert.Equal(code, run.Steps[0].Attempts.Single().ExitCode);
        Assert.Equal(["first", "last words"], (await world.First.LogAsync(run.Run.Id, 1)).Where(line => line.Level == LogLevel.Information).Select(line => line.Text));
    }

    // Only a flush before the step's end brings the event to the journal by another way than that end.
    [Fact]
    public async Task GivenAnOutputVariableThatIsStoredBeforeItsStepEnds_WhenALaterStepReadsIt_ThenItIsThere()
    {
        await using RunWorld world = await CreateAsync();
        string go = world.File("go");
        RunId run = await world.StartAsync(
            Step("sets", $"set_octopusvariable Early value; until [ -e '{go}' ]; do sleep 0.02; done"),
            Step("reads", "get_octopusvariable 'Octopus.Action[sets].Output.Early'"));
        await world.First.BecomesAsync(run, details => details.Outputs.Count == 1, "the output variable is in the journal");
        await File.WriteAllTextAsync(go, "", Stop);
        await world.First.EndAsync(run);
        Assert.Equal(["value"], await world.First.TextAsync(run, 2));
    }
}
