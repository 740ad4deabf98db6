using OctoWorkers.Engine.Scripts;
using OctoWorkers.Engine.Tests.Transports;
using OctoWorkers.TestKit.Transports;
using Xunit;

namespace OctoWorkers.Engine.Tests.Scripts;

public sealed class PythonTests : LanguageContract
{
    protected override ScriptSyntax Syntax => ScriptSyntax.Python;

    protected override string PrintArguments => "import sys\nfor a in sys.argv[1:]: print('<' + a + '>')";

    protected override (string Module, string Use) Shared => ("def say():\n    print('shared ' + get_octopusvariable('V'))\n", "from My_module import say\nsay()");

    protected override string Print(string expression) => $"print('<' + {expression} + '>')";

    protected override string Read(string name) => $"get_octopusvariable('{name}')";

    protected override string Constant(string text) => $"'{text}'";

    protected override string Call(string purpose, params string[] arguments) => purpose switch
    {
        "set" => $"set_octopusvariable({arguments[0]}, {arguments[1]})",
        "set sensitive" => $"set_octopusvariable({arguments[0]}, {arguments[1]}, True)",
        "progress" => $"updateprogress({arguments[0]}, {arguments[1]})",
        "artifact" => $"createartifact({string.Join(", ", arguments)})",
        "fail" => $"failstep({arguments[0]})",
        "shell" => $"import subprocess; subprocess.run({System.Text.Json.JsonSerializer.Serialize(arguments[0])}, shell=True, close_fds=False)",
        _ => $"print{purpose}({arguments[0]})",
    };

    [Theory]
    [InlineData("import sys\nsys.exit(3)", 3, "")]
    [InlineData("import sys\nsys.exit('words')", 1, "words\n")]
    [InlineData("def f():\n    exit(7)\nf()", 7, "")]
    [InlineData("import os\nprint('x', end='')\nos._exit(5)", 5, "")]
    public async Task GivenWayToEnd_WhenTaken_ThenTheExitCodeIsTheScripts(string script, int code, string error)
    {
        AttemptResult result = await RunAsync(Script(script));
        Assert.Equal((error, code), (result.Error, result.ExitCode));
        Assert.Equal(script.Contains("'x'", StringComparison.Ordinal) ? "x" : "", result.Out);
    }

    [Fact]
    public async Task GivenUncaughtError_WhenRun_ThenTheTraceIsTheScriptsOwn()
    {
        AttemptResult result = await RunAsync(Script("def f():", "    raise ValueError('boom')", "print(__name__, __file__)", "f()"));
        string file = result.Out.Trim()["__main__ ".Length..];
        Assert.Equal(1, result.ExitCode);
        Assert.Equal(
            $"Traceback (most recent call last):\n  File \"{file}\", line 4, in <module>\n    f()\n  File \"{file}\", line 2, in f\n    raise ValueError('boom')\nValueError: boom\n",
            result.Error);
    }

    [Fact]
    public async Task GivenNulInAVariable_WhenRead_ThenItIsThere()
    {
        string text = await OutputAsync(Script("print(octopusvariables['Bad'] == 'a\\0b')") with { Variables = new Dictionary<string, string> { ["Bad"] = "a\0b" } });
        Assert.Equal("True\n", text);
    }

    [Fact]
    public async Task GivenNamesThatAreThereOrNot_WhenLookedUp_ThenAMissingOneIsEmptyAndNotIn()
    {
        string text = await OutputAsync(Script(
            "print(repr([octopusvariables[n] for n in ('None', 'Name', 'NAME')]))",
            "print(repr([n in octopusvariables for n in ('None', 'Name', 'NAME', 1)]))",
            "print(repr([octopusvariables.get(n, 'other') for n in ('None', 'Name', 'NAME')]), octopusvariables.get('None'))",
            "print(repr(get_octopusvariable('None')), len(octopusvariables), sorted(octopusvariables), dict(**octopusvariables))",
            "import json; print(json.dumps(octopusvariables))") with { Variables = new Dictionary<string, string> { ["Name"] = "v" } });
        Assert.Equal(
            "['', 'v', 'v']\n[False, True, True, False]\n['other', 'v', 'v'] None\n'' 1 ['Name'] {'Name': 'v'}\n{\"Name\": \"v\"}\n", text);
    }

    [Fact]
    public async Task GivenPlainLocale_WhenTextIsPrinted_ThenItIsUtf8()
    {
        string text = await OutputAsync(Script("print('\u00e9\U0001F419')") with { Environment = new Dictionary<string, string> { ["LC_ALL"] = "POSIX", ["PYTHONCOERCECLOCALE"] = "0", ["PYTHONUTF8"] = "0" } });
        Assert.Equal("\u00e9\U0001F419\n", text);
    }
}
