using OctoWorkers.Engine.Scripts;
using Xunit;

namespace OctoWorkers.Engine.Tests.Scripts;

public class BashPreludeUseTests
{
    public static TheoryData<string> Plain { get; } = new()
    {
        "true",
        "#!/bin/bash\nset -euo pipefail\nset +x\necho done",
        "echo \"$HOME\" '$x' $((1 + 2)); for f in *.txt; do rm \"$f\"; done",
        "x=$(date +%s)\nif [ \"$x\" = 1 ]; then exit 3; fi",
        "printf '%s\\n' \"$@\" | sort -u > out.txt",
        "f() { return 4; }\nf && echo no || echo yes",
        "cat ./a.b /x/.y; cp file.txt ..; echo 1.5 a.",
        "trap 'rm -f \"$t\"' EXIT\nreset; echo setup offset",
    };

    public static TheoryData<string> Seeing { get; } = new()
    {
        "echo #{Name}",
        "echo ${octopus_parameters[A]}",
        "echo '##octopus[progress]'",
        "GET_OCTOPUSVARIABLE a",
        "source lib.sh",
        "  . lib.sh",
        "true;. lib.sh",
        ".",
        "'.' lib.sh",
        "\\. lib.sh",
        "eval \"$x\"",
        "set",
        "set | grep x",
        "x=$(set)",
        "set $x",
        "'set'",
        "\\set",
        "declare -F",
        "typeset -f",
        "compgen -v",
        "type x",
        "command -v x",
        "[[ -v $x ]]",
        "echo ${!x}",
        "local -n x=$1",
        "export -f $x",
        "cat <&3 /dev/fd/3",
        "cat /proc/self/cmdline",
        "echo $BASH_EXECUTION_STRING",
        "$1",
        "  \"$1\" a",
        "\"\"$x",
        "true; $x",
        "true && `cat name`",
        "A=1 B=2 $x",
        "if $x; then :; fi",
        "while ! \"${x}\"; do :; done",
        "for i in 1; do $x; done",
        "(  $x )",
        "y=$($x)",
        "y=`$x`",
        "case a in a) $x ;; esac",
        "command -p $x",
        "time -p $x",
        "trap \"$x\" EXIT",
        "echo a\\\n$x",
    };

    [Theory]
    [MemberData(nameof(Plain))]
    public void GivenScriptThatSeesNothing_WhenLookedAt_ThenItNeedsNothing(string body) => Assert.False(BashPreludeUse.IsPossible(new ScriptAction(body)));

    [Theory]
    [MemberData(nameof(Seeing))]
    public void GivenScriptThatMaySeeSomething_WhenLookedAt_ThenItIsHandedOver(string body)
    {
        Assert.True(BashPreludeUse.IsPossible(new ScriptAction(body)));
        Assert.True(BashPreludeUse.IsPossible(new ScriptAction("true\n" + body + "\ntrue")));
    }

    [Fact]
    public void GivenEveryHelper_WhenMentionedAnywhere_ThenItIsHandedOver()
    {
        string[] helpers = [.. BashPreludeUse.Functions(BashInterpreter.Helpers)];
        Assert.Equal(
            [
                "__ow_find_variable", "__ow_write", "decode_servicemessagevalue", "encode_servicemessagevalue", "fail_step", "get_octopusvariable", "new_octopusartifact",
                "set_octopusvariable", "update_progress", "write_highlight", "write_verbose", "write_wait", "write_warning",
            ],
            helpers.Order(StringComparer.Ordinal));
        foreach (string helper in helpers)
        {
            Assert.True(BashPreludeUse.IsPossible(new ScriptAction($"x='a {helper} b'")));
            Assert.True(BashPreludeUse.IsPossible(new ScriptAction("\"$@\"") { Arguments = [helper] }));
            Assert.True(BashPreludeUse.IsPossible(new ScriptAction("echo $(x)") { Environment = new Dictionary<string, string> { ["A"] = helper } }));
        }
    }

    [Fact]
    public void GivenTemplatesModulesOrALongBody_WhenLookedAt_ThenItIsHandedOver()
    {
        Assert.False(BashPreludeUse.IsPossible(new ScriptAction("true") { Arguments = ["a"], Environment = new Dictionary<string, string> { ["A"] = "b" } }));
        Assert.True(BashPreludeUse.IsPossible(new ScriptAction("true") { Modules = ["M"] }));
        Assert.True(BashPreludeUse.IsPossible(new ScriptAction("true") { Arguments = ["#{A}"] }));
        Assert.True(BashPreludeUse.IsPossible(new ScriptAction("true") { Environment = new Dictionary<string, string> { ["A"] = "#{A}" } }));
        Assert.True(BashPreludeUse.IsPossible(new ScriptAction("true" + new string('\n', 100_000))));
    }
}
