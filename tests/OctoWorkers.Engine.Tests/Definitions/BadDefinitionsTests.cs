using Xunit;

namespace OctoWorkers.Engine.Tests.Definitions;

public sealed class BadDefinitionsTests
{
    /// <summary>Each row: a file, and every problem that it must show, with its place.</summary>
    public static TheoryData<string, string> Files { get; } = new()
    {
        // What the file is.
        { "just words\n", "a.yaml:1:1: a definitions file: expected a mapping with 'environments', 'feeds', 'tenants', 'policies', 'pools', 'workers', 'targets', 'variableSets', 'scriptModules', 'runbooks', found 'just words'" },
        { "- a\n", "a.yaml:1:1: a definitions file: expected a mapping with 'environments', 'feeds', 'tenants', 'policies', 'pools', 'workers', 'targets', 'variableSets', 'scriptModules', 'runbooks', found a list" },
        { "enviroments: []\n", "a.yaml:1:1: unknown key 'enviroments'; did you mean 'environments'?" },
        { "Pools: []\n", "a.yaml:1:1: unknown key 'Pools'; did you mean 'pools'?" },
        { "xyzzy: []\n", "a.yaml:1:1: unknown key 'xyzzy'; a definitions file may have 'environments', 'feeds', 'tenants', 'policies', 'pools', 'workers', 'targets', 'variableSets', 'scriptModules', 'runbooks'" },
        { "pools: []\npools: []\n", "a.yaml:2:1: the key 'pools' is given twice; the first is at a.yaml:1:1" },
        { "pools:\n", "a.yaml:1:1: 'pools' has no value; give it one, or leave the key out" },
        { "pools: { name: x }\n", "a.yaml:1:8: 'pools': expected a list, found a mapping" },
        { "pools: x\n", "a.yaml:1:8: 'pools': expected a list, found 'x'; put it between '[' and ']', or on a line of its own after '- '" },
        { "pools: [x]\n", "a.yaml:1:9: a worker pool: expected a mapping with 'name', 'description', 'default', 'policy', 'maxSteps', found 'x'" },
        { "pools:\n-\n- name: x\n", "a.yaml:2:2: 'pools': an item of the list has no value" },
        { "? [a]\n: b\n", "a.yaml:1:3: a key must be a word, found a list" },
        { "~: b\n", "a.yaml:1:1: a key must be a word, found nothing" },
        { "x: &a {name: P}\n", "a.yaml:1:1: unknown key 'x'; a definitions file may have 'environments', 'feeds', 'tenants', 'policies', 'pools', 'workers', 'targets', 'variableSets', 'scriptModules', 'runbooks'" },
        { "pools:\n- &a {name: P}\n- {<<: *a, name: Q}\n", "a.yaml:3:4: merge keys ('<<') are not supported; repeat the keys, or use an alias for a whole value" },

        // Names.
        { "environments: [{ description: x }]\n", "a.yaml:1:16: an environment needs 'name'" },
        { "environments: [{ name: }]\n", "a.yaml:1:18: 'name' has no value; give it one, or leave the key out" },
        { "environments: [{ name: ~ }]\n", "a.yaml:1:18: 'name' has no value; give it one, or leave the key out" },
        { "environments: [{ name: '' }]\n", "a.yaml:1:24: 'name': a name must have at least one visible character" },
        { "environments: [{ name: ' x' }]\n", "a.yaml:1:24: 'name': a name may not begin or end with a space" },
        { "environments: [{ name: [x] }]\n", "a.yaml:1:24: 'name': expected a text, found a list" },
        { "environments: [{ name: \"a\\nb\" }]\n", "a.yaml:1:24: 'name': a name may not hold control characters, this one has U+000A at position 2" },
        { "environments: [{ name: \"a\\0b\" }]\n", "a.yaml:1:24: 'name': a name may not hold control characters, this one has U+0000 at position 2" },
        { "environments:\n- name: Dev\n- name: DEV\n", "a.yaml:3:9: two environments are named 'DEV'; the other is at a.yaml:2:9" },
        { "pools:\n- { name: P, default: true }\n- { name: Q, default: true }\n", "a.yaml:3:14: two worker pools are to be the default; the other is at a.yaml:2:14" },

        // Booleans.
        { "pools: [{ name: P, default: yes }]\n", "a.yaml:1:29: 'default': expected true or false, found 'yes'" },
        { "pools: [{ name: P, default: True }]\n", "a.yaml:1:29: 'default': expected true or false, found 'True'; did you mean 'true'?" },
        { "pools: [{ name: P, default: 'true' }]\n", "a.yaml:1:29: 'default': expected true or false, found the text 'true'; leave its quotes out" },
        { "pools: [{ name: P, default: 1 }]\n", "a.yaml:1:29: 'default': expected true or false, found '1'" },
        { "pools: [{ name: P, default: {} }]\n", "a.yaml:1:29: 'default': expected true or false, found a mapping" },

        // Workers.
        { Worker("name: w, pool: P"), "a.yaml:1:11: a worker needs 'connection'" },
        { Worker("name: w, connection: local"), "a.yaml:1:11: a worker needs 'pool' or 'pools'" },
        { Worker("name: w, connection: local, pools: []"), "a.yaml:1:47: 'pools': a worker is in at least one pool, found an empty list" },
        { Worker("name: w, connection: local, pool: P, pools: [Q]"), "a.yaml:1:49: a worker has 'pool' or 'pools', not both" },
        { Worker("name: w, connection: local, pools: [P, p]"), "a.yaml:1:51: 'pools': 'p' is in the list twice" },
        { "pools: [{ name: P, policy: Random, maxSteps: 0 }]\n", "a.yaml:1:28: 'policy': unknown word 'Random'; it may be 'RoundRobin', 'LeastLeases'|a.yaml:1:46: 'maxSteps': expected a whole number of at least 1, found '0'" },
        { Worker("name: w, connection: local, pool: P, maxSteps: 0"), "a.yaml:1:59: 'maxSteps': expected a whole number of at least 1, found '0'" },
        { Worker("name: w, connection: local, pool: P, state: enable"), "a.yaml:1:56: 'state': unknown word 'enable'; did you mean 'enabled'?" },
        { Worker("name: w, connection: local, pool: P, state: broken"), "a.yaml:1:56: 'state': unknown word 'broken'; it may be 'enabled', 'disabled', 'draining'" },
        { Worker("name: w, connection: locale, pool: P"), "a.yaml:1:33: unknown connection 'locale'; did you mean 'local'?" },
        { Worker("name: w, connection: ssh, pool: P"), "a.yaml:1:33: an ssh connection needs a host; write 'connection: { ssh: HOST }'" },
        { Worker("name: w, connection: {}, pool: P"), "a.yaml:1:33: a connection has exactly one of 'local', 'ssh' and 'powershell', this one has none; write 'connection: local' or 'connection: { ssh: HOST }'" },
        { Worker("name: w, connection: { local: , ssh: h }, pool: P"), "a.yaml:1:33: a connection has exactly one of 'local', 'ssh' and 'powershell', this one has 'local' and 'ssh'; write 'connection: local' or 'connection: { ssh: HOST }'" },
        { Worker("name: w, connection: { local: { x: 1 } }, pool: P"), "a.yaml:1:44: unknown key 'x'; a local connection has no keys" },
        { Worker("name: w, connection: { ssh: -oProxyCommand=x }, pool: P"), "a.yaml:1:40: the ssh host '-oProxyCommand=x' begins with '-', so ssh would take it for an option" },
        { Worker("name: w, connection: { ssh: { host: a b } }, pool: P"), "a.yaml:1:48: the ssh host 'a b' holds a character that no host or user name has" },
        { Worker("name: w, connection: { ssh: { host: me@h } }, pool: P"), "a.yaml:1:48: the ssh host 'me@h' holds '@': give the user name as 'user'" },
        { Worker("name: w, connection: { ssh: { user: -x } }, pool: P"), "a.yaml:1:40: an ssh connection needs 'host'|a.yaml:1:48: the ssh user '-x' begins with '-', so ssh would take it for an option" },
        { Worker("name: w, connection: { ssh: { host: h, port: 0 } }, pool: P"), "a.yaml:1:57: 'port': expected a whole number from 1 to 65535, found '0'" },
        { Worker("name: w, connection: { ssh: { host: h, port: 022 } }, pool: P"), "a.yaml:1:57: 'port': expected a whole number from 1 to 65535, found '022'" },
        { Worker("name: w, connection: { ssh: { host: h, port: '22' } }, pool: P"), "a.yaml:1:57: 'port': expected a whole number from 1 to 65535, found '22'; leave its quotes out" },
        { Worker("name: w, connection: { ssh: { host: h, identityFile: -x } }, pool: P"), "a.yaml:1:65: 'identityFile': expected a path, found '-x'" },
        { Worker("name: w, connection: { ssh: { host: h, hostKeys: accept } }, pool: P"), "a.yaml:1:61: 'hostKeys': unknown word 'accept'; it may be 'configured', 'strict', 'accept-new'" },
        { Worker("name: w, connection: { local: {}, shell: -c }, pool: P"), "a.yaml:1:53: 'shell': expected a path or a name on the worker's PATH, found '-c'" },
        { Worker("name: w, connection: powershell, pool: P"), "a.yaml:1:33: a PowerShell connection says how its sessions are reached; write 'connection: { powershell: local }' or 'connection: { powershell: { ssh: HOST } }'" },
        { Worker("name: w, connection: { powershell: }, pool: P"), "a.yaml:1:35: 'powershell' has no value; give it one, or leave the key out" },
        { Worker("name: w, connection: { powershell: ssh }, pool: P"), "a.yaml:1:47: PowerShell sessions over 'ssh' need a host; write 'powershell: local', 'powershell: { ssh: HOST }' or 'powershell: { winrm: COMPUTER }'" },
        { Worker("name: w, connection: { powershell: winrn }, pool: P"), "a.yaml:1:47: 'powershell': unknown way 'winrn'; did you mean 'winrm'?" },
        { Worker("name: w, connection: { powershell: { } }, pool: P"), "a.yaml:1:47: a PowerShell connection has exactly one of 'local', 'ssh' and 'winrm', this one has none; write 'powershell: local', 'powershell: { ssh: HOST }' or 'powershell: { winrm: COMPUTER }'" },
        { Worker("name: w, connection: { powershell: { ssh: h, winrm: c } }, pool: P"), "a.yaml:1:47: a PowerShell connection has exactly one of 'local', 'ssh' and 'winrm', this one has 'ssh' and 'winrm'; write 'powershell: local', 'powershell: { ssh: HOST }' or 'powershell: { winrm: COMPUTER }'" },
        { Worker("name: w, connection: { powershell: local, shell: sh }, pool: P"), "a.yaml:1:54: 'shell': no POSIX shell is started where PowerShell sessions are; leave it out" },
        { Worker("name: w, connection: { powershell: { local: {}, subsystem: p } }, pool: P"), "a.yaml:1:71: a subsystem belongs to ssh; PowerShell sessions over 'local' have none" },
        { Worker("name: w, connection: { powershell: { ssh: h, subsystem: -x } }, pool: P"), "a.yaml:1:68: the ssh subsystem '-x' is no name of one: letters, digits, '-', '_' and '.'" },
        { Worker("name: w, connection: { powershell: { ssh: h, maxSessions: 0 } }, pool: P"), "a.yaml:1:70: 'maxSessions': expected a whole number of at least 1, found '0'" },
        { Worker("name: w, connection: { powershell: { ssh: { host: h, shell: sh } } }, pool: P"), "a.yaml:1:65: unknown key 'shell'; an ssh connection may have 'host', 'port', 'user', 'identityFile', 'configFile', 'hostKeys'" },
        { Worker("name: w, connection: { powershell: { winrm: a b } }, pool: P"), "a.yaml:1:56: 'a b' is no name or address of a computer" },
        { Worker("name: w, connection: { powershell: { winrm: { port: 0 } } }, pool: P"), "a.yaml:1:56: a WinRM connection needs 'computer'|a.yaml:1:64: 'port': expected a whole number from 1 to 65535, found '0'" },
        { Worker("name: w, connection: { powershell: { winrm: { computer: c, user: u, password: hunter22 } } }, pool: P"), "a.yaml:1:80: 'password': a definitions file holds no passwords; write 'passwordFromEnvironment: VARIABLE' or 'passwordFromFile: PATH'" },
        { Worker("name: w, connection: { powershell: { winrm: { computer: c, passwordFromEnvironment: PATH } } }, pool: P"), "a.yaml:1:56: a password is given for 'c', and no user that has it. Give the user name too" },
        { Worker("name: w, connection: { powershell: { winrm: { computer: c, user: u, passwordFromEnvironment: OCTOWORKERS_NOT_THERE } } }, pool: P"), "a.yaml:1:105: the environment has no variable 'OCTOWORKERS_NOT_THERE'" },
        { Worker("name: w, connection: { powershell: { winrm: { computer: c, user: u, passwordFromFile: f, passwordFromEnvironment: PATH } } }, pool: P"), "a.yaml:1:101: a WinRM connection has 'passwordFromEnvironment' or 'passwordFromFile', not both" },
        { Worker("name: w, connection: { powershell: { winrm: { computer: c, authentication: ntlm } } }, pool: P"), "a.yaml:1:87: 'authentication': unknown word 'ntlm'; it may be 'default', 'basic', 'negotiate', 'kerberos', 'credssp'" },
        { Worker("name: w, connection: { powershell: { winrm: { computer: c, user: u, authentication: basic, passwordFromEnvironment: PATH } } }, pool: P"), "a.yaml:1:56: basic authentication sends the password of 'c' as it is. Use TLS with it, or another authentication" },
        { Worker("name: w, connection: local, pool: P, tags: [a, [b]]"), "a.yaml:1:59: 'tags': expected a text, found a list" },

        // Runbooks.
        { "runbooks: [{ name: R }]\n", "a.yaml:1:12: a runbook needs 'steps'" },
        { "runbooks: [{ name: R, steps: [] }]\n", "a.yaml:1:30: 'steps': a runbook has at least one step, found an empty list" },
        { Runbook("priority: urgent"), "a.yaml:1:33: 'priority': unknown word 'urgent'; it may be 'high', 'normal', 'low'" },
        { Runbook("queueExpiry: 0s"), "a.yaml:1:36: 'queueExpiry': must be longer than zero" },
        { Runbook("maxParallelism: 0"), "a.yaml:1:39: 'maxParallelism': expected a whole number of at least 1, found '0'" },
        { Runbook("timeout: 30"), "a.yaml:1:32: 'timeout': '30' has no unit; write '30s', '30m' or '30h'" },
        { Runbook("timeout: 0s"), "a.yaml:1:32: 'timeout': must be longer than zero" },
        { Runbook("timeout: 5 minutes"), "a.yaml:1:32: 'timeout': '5 minutes' is not a duration; write for example '500ms', '90s', '5m', '1h30m', '2d' or '00:05:00'" },
        { Runbook("timeout: 31d"), "a.yaml:1:32: 'timeout': '31d' is longer than 30d, the longest duration there can be" },
        { Runbook("environments: Development"), "a.yaml:1:37: 'environments': expected a list, found 'Development'; put it between '[' and ']', or on a line of its own after '- '" },

        // Steps.
        { Step("bash: x"), "a.yaml:1:30: a step needs 'name'" },
        { Step("name: S"), "a.yaml:1:30: a step needs 'bash', 'powershell', 'python', 'script', 'runbook' or 'manual'" },
        { Step("name: S, bash: x, runbook: R"), "a.yaml:1:50: a step has exactly one of 'bash', 'powershell', 'python', 'script', 'runbook' and 'manual', this one has 'bash' and 'runbook'" },
        { Step("name: S, manual: ''"), "a.yaml:1:49: 'instructions': say what the person is to do, found an empty text" },
        { Step("name: S, manual: x, pool: P"), "a.yaml:1:52: a step with 'manual' waits for a person and runs on no worker; leave 'pool' out" },
        { Step("name: S, manual: { instructions: x, responsible: [] }"), "a.yaml:1:81: 'responsible': name at least one user, or leave the key out so that anyone may answer" },
        { Step("name: S, bash: x, enviroments: []"), "a.yaml:1:50: unknown key 'enviroments'; did you mean 'environments'?" },
        { Step("name: S, bash: ''"), "a.yaml:1:47: 'bash': the script is empty; if it stands below, indent it further than 'bash'" },
        { Step("name: S, bash: \"a\\0b\""), "a.yaml:1:47: 'bash': holds a NUL character (its character 2), which no name, argument or script can hold" },
        { Step("name: S, bash: [x]"), "a.yaml:1:47: 'bash': expected a text, found a list" },
        { Step("name: S, script: x"), "a.yaml:1:49: 'script': expected a mapping with 'syntax', 'body', 'file', 'arguments', 'environment', 'modules', found 'x'" },
        { Step("name: S, script: { syntax: Bahs, body: x }"), "a.yaml:1:59: 'syntax': unknown word 'Bahs'; did you mean 'bash'?" },
        { Step("name: S, script: { syntax: cobol, body: x }"), "a.yaml:1:59: 'syntax': unknown word 'cobol'; it may be 'bash', 'powershell', 'python'" },
        { Step("name: S, script: { arguments: [x] }"), "a.yaml:1:49: 'script' has either 'body' or 'file', this one has neither" },
        { Step("name: S, script: { body: x, file: y }"), "a.yaml:1:49: 'script' has either 'body' or 'file', this one has both" },
        { Step("name: S, script: { body: x, arguments: [~] }"), "a.yaml:1:72: 'arguments': an item of the list has no value" },
        { Step("name: S, script: { body: x, environment: [A] }"), "a.yaml:1:73: 'environment': expected a mapping of names to values, found a list" },
        { Step("name: S, script: { body: x, environment: { A-B: c } }"), "a.yaml:1:75: 'environment': a variable's name has letters, digits and '_', and begins with no digit; found 'A-B'" },
        { Step("name: S, script: { body: x, environment: { A: } }"), "a.yaml:1:75: 'A' has no value; for an empty one write ''" },
        { Step("name: S, script: { body: x, environment: { A: b, A: c } }"), "a.yaml:1:81: 'environment': the variable 'A' is given twice" },
        { Step("name: S, runbook: { environment: E }"), "a.yaml:1:50: 'runbook' needs 'name'" },
        { Step("name: S, runbook: { name: R, wait: no }"), "a.yaml:1:67: 'wait': expected true or false, found 'no'" },
        { Step("name: S, bash: x, condition: sucess"), "a.yaml:1:61: 'condition': unknown word 'sucess'; did you mean 'success'?" },
        { Step("name: S, bash: x, start: with"), "a.yaml:1:57: 'start': unknown word 'with'; it may be 'afterPrevious', 'withPrevious'" },
        { Step("name: S, bash: x, retry: 101"), "a.yaml:1:57: 'retry': expected a whole number from 0 to 100, found '101'" },
        { Step("name: S, bash: x, retry: { backoff: 2 }"), "a.yaml:1:57: 'retry' needs 'count'|a.yaml:1:68: 'backoff': '2' has no unit; write '2s', '2m' or '2h'" },
        { Step("name: S, bash: x, retry: { count: 1, backoff: 2m, maxBackoff: 1m }"), "a.yaml:1:94: 'maxBackoff' is shorter than 'backoff'" },
        { Step("name: S, bash: x, packages: [{ feed: f }]"), "a.yaml:1:61: a package needs 'id'" },
        { Step("name: S, bash: x, idempotent: on"), "a.yaml:1:62: 'idempotent': expected true or false, found 'on'" },
        { Step("name: S, bash: x }, { name: s, bash: x"), "a.yaml:1:60: two steps of the runbook are named 's'; the other is at a.yaml:1:38" },
        { Step("name: \"" + new string('n', 10_240) + "\", bash: x"), "a.yaml:1:38: 'name': a name may have at most 200 characters, this one has 10240" },
        { Step("name: S, bash: x, timeout: " + new string('9', 50)), $"a.yaml:1:59: 'timeout': '{new string('9', 50)}' has no unit; write '5s', '5m' or '5h'" },

        // All problems at once, in the order of their places.
        {
            "workers:\n- nam: w\n  connection: telnet\npools: [{ name: P, default: maybe }]\n",
            "a.yaml:2:3: unknown key 'nam'; did you mean 'name'?|a.yaml:2:3: a worker needs 'name'|a.yaml:2:3: a worker needs 'pool' or 'pools'"
            + "|a.yaml:3:15: unknown connection 'telnet'; write 'connection: local' or 'connection: { ssh: HOST }'|a.yaml:4:29: 'default': expected true or false, found 'maybe'"
        },
    };

    /// <summary>Files that are not YAML.</summary>
    public static TheoryData<string, string> NotYaml { get; } = new()
    {
        { "pools:\n\t- name: x\n", "a.yaml:2:1: a tab is used for indentation; YAML allows only spaces there" },
        { "pools:\n  - name: x\n\tdefault: true\n", "a.yaml:3:1: a tab is used for indentation; YAML allows only spaces there" },
        { "pools:\n  - name: x\n  \tdefault: true\n", "a.yaml:3:3: a tab is used for indentation; YAML allows only spaces there" },
        { "runbooks:\n- name: R\n  steps:\n  - name: S\n    bash: |\n      if x\n      \ty\n\t- name: T\n", "a.yaml:8:1: a tab is used for indentation; YAML allows only spaces there" },
        { "pools:\n- name: a: b\n", "a.yaml:2:10: a ':' where no key can stand: indent the line like the one above it, or put quotes around a text that holds ': '" },
        { "pools:\n- name: x\n   default: true\n", "a.yaml:3:11: a ':' where no key can stand: indent the line like the one above it, or put quotes around a text that holds ': '" },
        { "pools: [{name: x}\nworkers: []\n", "a.yaml:1:8: this '[' is not closed, or what stands between its brackets is not valid YAML" },
        { "pools: [{name: x]\n", "a.yaml:1:9: this '{' is not closed, or what stands between its brackets is not valid YAML" },
        { "pools:\n- name: @x\n", "a.yaml:2:9: a text cannot begin with this character; put quotes around it" },
        { "pools:\n- name: 'it's'\n", "a.yaml:2:13: no key stands here: look for a missing ':', for wrong indentation, and for text after a closing quote" },
        { "pools:\n- name: x\ndefault\n", "a.yaml:3:1: no key stands here: look for a missing ':', for wrong indentation, and for text after a closing quote" },
        { "pools:\n- name: \"\\q\"\n", "a.yaml:2:9: an unknown escape in double quotes; write the backslash twice, or use single quotes" },
        { "pools: - name: x\n", "a.yaml:1:8: a list cannot begin on this line: put its first '-' on the next line, or quotes around a text that begins with '- '" },
        { "pools:\n- name: \"x\n", "a.yaml:2:9: the quote that opens here is not closed" },
        { "pools:\n- name: x\nenvironments: \n  x\n  name: y\n", "a.yaml:5:7: a ':' where no key can stand: indent the line like the one above it, or put quotes around a text that holds ': '" },
        { "pools: []\n} x\n", "a.yaml:2:1: no key stands here: look for a missing ':', for wrong indentation, and for text after a closing quote" },
        { "[] x\n", "a.yaml:1:4: text after the end of the document: look at the indentation, or put '---' before a further document" },
        { "%YAML 3.0\n---\npools: []\n", "a.yaml:1:1: the file says that it is of a YAML version that is not supported; leave the '%YAML' line out" },
        { "pools: *nowhere\n", "a.yaml:1:8: the alias '*nowhere' repeats nothing: no '&' with that name stands before it" },
        { "pools: [&one {name: P}, *oen]\n", "a.yaml:1:25: the alias '*oen' repeats nothing: no '&' with that name stands before it; did you mean 'one'?" },
        { "pools: &a [*a]\n", "a.yaml:1:12: the alias '*a' stands inside the node that it repeats" },
        { "pools: !ruby/object [x]\n", "a.yaml:1:8: the tag '!ruby/object' is not supported; leave it out, or put quotes around a text that begins with '!'" },
        { "pools: []\n--- \nx: *y\n", "a.yaml:3:4: the alias '*y' repeats nothing: no '&' with that name stands before it" },
        { "pools:\n- name: a\0b\n", "a.yaml:2:10: the file holds a NUL character; YAML is text" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    [MemberData(nameof(NotYaml))]
    public async Task GivenBadFile_WhenRead_ThenEveryProblemIsNamedWithItsPlace(string yaml, string problems)
        => Assert.Equal(problems.Split('|'), await DefinitionFolder.ReadTextProblemsAsync(yaml));

    [Fact]
    public async Task GivenSameNameInTwoFiles_WhenRead_ThenBothPlacesAreNamed()
    {
        using DefinitionFolder folder = new();
        folder.Write("a.yaml", Worker("name: worker1, connection: local, pool: P"));
        folder.Write("b/c.yml", "workers:\n- name: Worker1\n  connection: local\n  pool: P\n");

        Assert.Equal(["b/c.yml:2:9: two workers are named 'Worker1'; the other is at a.yaml:1:18"], await folder.ReadProblemsAsync());
    }

    [Fact]
    public async Task GivenProblemsInSeveralFiles_WhenRead_ThenAllAreInTheMessage()
    {
        using DefinitionFolder folder = new();
        folder.Write("a.yaml", "pols: []\n");
        folder.Write("b.yaml", "pools:\n\t- x\n");
        folder.Write("c.yaml", "polls: []\n");

        OctoWorkersException exception = await Assert.ThrowsAnyAsync<OctoWorkersException>(folder.ReadAsync);

        Assert.Equal(
            "a.yaml:1:1: unknown key 'pols'; did you mean 'pools'?\n"
            + "b.yaml:2:1: a tab is used for indentation; YAML allows only spaces there\n"
            + "c.yaml:1:1: unknown key 'polls'; did you mean 'pools'?",
            folder.Relative(exception.Message));
    }

    private static string Worker(string keys) => $"workers: [{{{keys}}}]\n";

    private static string Runbook(string keys) => $"runbooks: [{{ name: R, {keys}, steps: [{{ name: S, bash: x }}] }}]\n";

    private static string Step(string keys) => $"runbooks: [{{name: R, steps: [{{ {keys} }}] }}]\n";
}
