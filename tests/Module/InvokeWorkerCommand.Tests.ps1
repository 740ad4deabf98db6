# A script block on the workers of a pool.

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store command
    Initialize-Store
}

AfterAll { Remove-Store }

Describe 'Invoke-WorkerCommand' {
    It 'gives each input to one worker, as $_ and as the first argument' {
        $factor = 3
        $results = 1..20 | Invoke-WorkerCommand -Pool Setup { param($number, $more) "$_ $number $more $($number * $using:factor)" } -ArgumentList also
        $results | Should -HaveCount 20
        ($results | Sort-Object { [int] ($_ -split ' ')[0] })[4] | Should -Be '5 5 also 15'
        $results[0].WorkerName | Should -BeIn worker1, worker2, worker3
    }

    It 'spreads inputs over workers: a slow one holds up nobody' {
        # The first input ends only after another one has: on a worker that waits for nobody.
        $flag = Join-Path $TestDrive another
        $results = 1..12 | Invoke-WorkerCommand -Pool Setup -TimeoutSec 300 {
            if ($_ -eq 1) { while (-not (Test-Path $using:flag)) { Start-Sleep -Milliseconds 20 } } else { $null = New-Item $using:flag -Force }
            $_
        }
        $results | Should -HaveCount 12
        $slow = ($results | Where-Object { $_ -eq 1 }).WorkerName
        @($results | Where-Object WorkerName -EQ $slow).Count | Should -BeLessThan 12
    }

    It 'runs once without inputs, and on each worker when asked' {
        @(Invoke-WorkerCommand -Pool Setup { 'here' }).Count | Should -Be 1
        $each = Invoke-WorkerCommand -Pool Setup -OnEachWorker { $PID }
        $each.WorkerName | Sort-Object | Should -Be worker1, worker2, worker3
        $each | Select-Object -Unique | Should -HaveCount 3
        $all = 1..3 | Invoke-WorkerCommand -Pool Setup -OnEachWorker -ThrottleLimit 2 { $_ }
        $all | Should -HaveCount 9
    }

    It 'keeps the order of inputs when asked, errors among it' {
        $found = 1..20 | Invoke-WorkerCommand -Pool Setup -Ordered { Start-Sleep -Milliseconds (20 - $_); if ($_ -eq 7) { throw 'seven' }; $_ } 2>&1
        $found[6].Exception.Message | Should -Be seven
        ($found | Where-Object { $_ -is [int] }) -join ' ' | Should -Be ((1..20 | Where-Object { $_ -ne 7 }) -join ' ')
    }

    It 'runs without input what it runs with more to be shown: <Do>' -ForEach @(
        @{ Do = { param($a, $b) "$a-$b $($args.Count) [$input] $using:outer" }; Expected = '1--x 1 ?? mine' }
        @{ Do = { "$args [$_]"; , @(1, 2) }; Expected = '1 -x 3 ?? 1 2' }
        @{ Do = { begin { 'first' } process { "then [$_]" } end { 'last' } }; Expected = 'first then ?? last' }
        @{ Do = { 'said'; exit 3; 'never' }; Expected = 'said' }
        @{ Do = { 'said'; throw 'gone' }; Expected = 'said ?worker1? gone (at line 1)' }
        @{ Do = { 'said'; Write-Error 'wrong'; Get-Item /not/there; return 'back' }; Expected = "said ?worker1? wrong (at line 1) ?worker1? Cannot find path '/not/there' because it does not exist. (at line 1, char *) back" }
    ) {
        $outer = 'mine'
        # What is to be shown goes another way to the worker.
        foreach ($shown in @{}, @{ Verbose = $true }) {
            $found = Invoke-WorkerCommand -Worker worker1 -ArgumentList 1, '-x', 3 $Do @shown 2>&1 4> $null
            ($found | ForEach-Object { "$_" }) -join ' ' | Should -BeLike $Expected
        }
    }

    It 'keeps nothing, lists and objects what they are' {
        $found = 1 | Invoke-WorkerCommand -Pool Setup { $null; , @(1, 2); [pscustomobject]@{ A = 1 }; Get-Date }
        $found[0] | Should -Be $null
        @($found[1]).Count | Should -Be 2
        $found[2].A | Should -Be 1
        $found[3] | Should -BeOfType datetime
    }

    It 'has the streams of the script, with the name of the worker' {
        $found = 1 | Invoke-WorkerCommand -Worker worker1 {
            Write-Warning careful; Write-Verbose wordy; Write-Host shown -ForegroundColor Red; Write-Information known -Tags Mine
        } -Verbose *>&1
        ($found | Where-Object { $_ -is [Management.Automation.WarningRecord] }).Message | Should -Be '[worker1] careful'
        ($found | Where-Object { $_ -is [Management.Automation.VerboseRecord] }).Message | Should -Contain '[worker1] wordy'
        $information = $found | Where-Object { $_ -is [Management.Automation.InformationRecord] }
        "$information" | Should -Match 'shown'
        ($information | Where-Object { $_.Tags -contains 'Mine' }).Source | Should -Be worker1
    }

    It 'has the messages that the script asks for itself, whatever the caller wants to see, by <How>' -ForEach @(
        @{ How = 'preference'; Given = @{} }, @{ How = 'parameter'; Given = @{ Verbose = $false; Debug = $false } }
    ) {
        $VerbosePreference = $DebugPreference = 'Ignore'
        $found = Invoke-WorkerCommand -Worker worker1 @Given {
            Write-Verbose unwanted; Write-Verbose wordy -Verbose; Write-Debug deep -Debug; $VerbosePreference = 'Continue'; Write-Verbose more
        } *>&1
        $found | ForEach-Object { "$($_.GetType().Name) $_" } | Should -Be 'VerboseRecord [worker1] wordy', 'DebugRecord [worker1] deep', 'VerboseRecord [worker1] more'
    }

    It 'writes errors with their worker and place, and goes on' {
        $found = 1..3 | Invoke-WorkerCommand -Worker worker1 {
            if ($_ -eq 2) { throw [InvalidOperationException] 'two' }
            Get-Item /not-there
            $_
        } -ErrorVariable problems -ErrorAction SilentlyContinue
        $found | Should -Be 1, 3
        $problems | Should -HaveCount 3
        $problems.WorkerName | Select-Object -Unique | Should -Be worker1
        "$($problems[0])" | Should -Match '\[worker1\].*not-there.*line 3'
        $problems[0].FullyQualifiedErrorId | Should -BeLike PathNotFound*
        "$($problems[1])" | Should -Match '\[worker1\] two \(at line 2\)'
        { 1..3 | Invoke-WorkerCommand -Worker worker1 { throw 'stop' } -ErrorAction Stop } | Should -Throw '*stop*'
    }

    It 'names the worker before each line that a program writes to standard error, also where it is shown' {
        $found = Invoke-WorkerCommand -Worker worker1 { & /bin/sh -c 'echo oops >&2; echo again >&2' } 2>&1
        $found | ForEach-Object { "$_" } | Should -Be '[worker1] oops', '[worker1] again'
        $found.WorkerName | Select-Object -Unique | Should -Be worker1
        ($found | Out-String) -replace '\e\[[\d;]*m' -split '\r?\n' | Where-Object { $_ } | Should -Be '[worker1] oops', '[worker1] again'
        $found[0].TargetObject | Should -Be oops
    }

    It 'lets exit end one input' {
        1..3 | Invoke-WorkerCommand -Worker worker1 { if ($_ -eq 2) { exit 5 }; $_ } | Should -Be 1, 3
    }

    It 'runs an input again that failed, only when asked' {
        $flag = Join-Path $TestDrive again
        $found = 1 | Invoke-WorkerCommand -Pool Setup -Retry 2 { if (-not (Test-Path $using:flag)) { New-Item $using:flag | Out-Null; [Environment]::Exit(3) }; 'done' } -WarningVariable said -WarningAction SilentlyContinue
        $found | Should -Be done
        "$said" | Should -Match 'run again'
    }

    It 'stops what takes too long' {
        $found = 1..2 | Invoke-WorkerCommand -Pool Setup -TimeoutSec 5 { if ($_ -eq 1) { Start-Sleep 300 }; $_ } -ErrorVariable problems -ErrorAction SilentlyContinue
        $found | Should -Be 2
        $problems[0].FullyQualifiedErrorId | Should -BeLike StepTimedOut*
    }

    It 'answers no questions' {
        $null = 1 | Invoke-WorkerCommand -Pool Setup { Read-Host 'Name' } -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -Match 'not interactive'
    }

    It 'tells what a worker does not understand, and which inputs were not run' {
        Add-Type 'public class OctoWorkersOnlyHere { }'
        $block = [scriptblock]::Create('class Derived : OctoWorkersOnlyHere { }; 1')
        $problem = { 1 | Invoke-WorkerCommand -Worker worker1 $block -ErrorAction Stop } | Should -Throw -PassThru
        "$problem" | Should -Match "worker1.*does not understand"
    }

    It 'says which variable is missing' {
        { 1 | Invoke-WorkerCommand -Pool Setup { $using:noSuchVariable } } | Should -Throw -ErrorId 'InvalidArgument*'
    }

    It 'takes objects with cycles and secure strings' {
        $secret = ConvertTo-SecureString hidden -AsPlainText -Force
        $found = Invoke-WorkerCommand -Pool Setup {
            $a = [pscustomobject]@{ Name = 'a'; Other = $null }; $a.Other = $a; $a
            [Net.NetworkCredential]::new('', $using:secret).Password.Length
            $using:secret
        }
        $found[0].Name | Should -Be a
        $found[1] | Should -Be 6
        [Net.NetworkCredential]::new('', $found[2]).Password | Should -Be hidden
    }

    It 'brings 100000 results, and ends what goes on for ever when nobody wants more' {
        (Invoke-WorkerCommand -Worker worker1 { 1..100000 } | Measure-Object -Sum).Sum | Should -Be 5000050000
        $null = Invoke-WorkerCommand -Worker worker1 { while ($true) { 1 } } | Select-Object -First 10000
    }

    It 'stops at once when nobody wants more, and leaves nothing there' {
        $started = [Diagnostics.Stopwatch]::StartNew()
        $first = 1..100 | Invoke-WorkerCommand -Pool Setup { $PID; Start-Sleep 300 } | Select-Object -First 1
        $started.Elapsed.TotalSeconds | Should -BeLessThan 60
        Wait-Until { -not (Get-Process -Id $first -ErrorAction Ignore) }
    }

    It 'runs as a job that can be received and stopped' {
        $job = 1..5 | Invoke-WorkerCommand -Pool Setup -AsJob { $_ * 2; if ($_ -eq 3) { Write-Error three } }
        $job.PSJobTypeName | Should -Be WorkerCommandJob
        $null = Wait-Job $job -Timeout 300
        Receive-Job $job -ErrorAction SilentlyContinue -ErrorVariable problems | Sort-Object | Should -Be 2, 4, 6, 8, 10
        "$problems" | Should -Match three
        # Its place is the script block's, not the line of the module that called it.
        $problems[0] | Out-String | Should -Match '\[worker[123]\] three \(at line 1\)'
        $problems[0] | Out-String | Should -Not -Match '__octo|Line \|'
        $problems[0].FullyQualifiedErrorId, $problems[0].CategoryInfo.Activity | Should -Be Microsoft.PowerShell.Commands.WriteErrorException, Write-Error
        $problems[0].WorkerName | Should -BeLike worker?
        $job.State | Should -Be Completed
        Remove-Job $job
        $long = Invoke-WorkerCommand -Pool Setup -AsJob { Start-Sleep 300 }
        Stop-Job $long
        $long.State | Should -Be Stopped
        Remove-Job $long
    }

    It 'ends as a job with its work where it is received and removed in the same pipeline' {
        # A removal that waited for the end that it is part of would wait for 30 s.
        $started = [Diagnostics.Stopwatch]::StartNew()
        Invoke-WorkerCommand -Pool Setup -AsJob { 'once' } | Receive-Job -Wait -AutoRemoveJob | Should -Be once
        1..500 | Invoke-WorkerCommand -Pool Setup -AsJob { $_ } | Receive-Job -Wait -AutoRemoveJob | Sort-Object | Should -Be (1..500)
        $started.Elapsed.TotalSeconds | Should -BeLessThan 25
        Get-Job | Where-Object PSJobTypeName -EQ WorkerCommandJob | Should -BeNullOrEmpty
    }

    It 'takes functions and modules along, and leaves no files' {
        function Get-Twice($number) { 2 * $number }
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive Thrice)
        Set-Content (Join-Path $folder Thrice.psm1) 'function Get-Thrice($number) { 3 * $number + (Get-Content $PSScriptRoot/extra.txt) }'
        Set-Content (Join-Path $folder extra.txt) 1 -NoNewline
        Import-Module (Join-Path $folder Thrice.psm1)
        $null = New-Module -Name Quarter -ScriptBlock { function Get-Quarter($number) { $number / 4 } } | Import-Module -PassThru
        $found = 4 | Invoke-WorkerCommand -Pool Setup -Function Get-Twice -Module Thrice, Quarter { Get-Twice $_; Get-Thrice $_; Get-Quarter $_; (Get-Module Thrice).ModuleBase }
        $found[0..2] | Should -Be 8, 13, 1
        Wait-Until { -not (Test-Path $found[3]) }
        Remove-Module Thrice, Quarter
        { 1 | Invoke-WorkerCommand -Pool Setup -Function No-Such { 1 } } | Should -Throw -ErrorId 'InvalidArgument*'
    }

    It 'gives workers the variables of an environment, and masks secrets' {
        $null = Set-RunbookVariable Greeting hello
        $secret = ConvertTo-SecureString 'a-very-secret-word' -AsPlainText -Force
        $found = Invoke-WorkerCommand -Worker worker2 -Environment Development -Variable @{ Secret = $secret } {
            Write-Warning "I know $($OctopusParameters['Secret'])"
            $OctopusParameters['Greeting'], $OctopusParameters['octopus.machine.name'], $OctopusParameters['Secret'].Length
        } -WarningVariable said -WarningAction SilentlyContinue
        $found | Should -Be hello, worker2, 18
        "$said" | Should -Not -Match 'a-very-secret-word'
        { Invoke-WorkerCommand -Pool Setup -Tenant x { 1 } } | Should -Throw -ErrorId 'InvalidArgument*'
    }

    It 'uses no worker that may take no work' {
        $null = Disable-Worker worker3
        try {
            1..12 | Invoke-WorkerCommand -Pool Setup { $_ } | ForEach-Object WorkerName | Should -Not -Contain worker3
            $null = Invoke-WorkerCommand -Worker worker1, worker3, nobody -OnEachWorker { 1 } -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.FullyQualifiedErrorId -replace ',.*' | Sort-Object | Should -Be NoEligibleWorker, WorkerNotFound
            # Why it is, is said to its end, and to whoever catches it: of a single worker, or of the first one.
            $null = Add-Worker 127.0.0.1 -Name lost -Pool Setup -Port 1 -ConfigurationFile "/nowhere/$('long-name/' * 30)"
            $reason = "Worker 'lost' is not used: Unavailable: *It said: *long-name*: No such file or directory. Enable, repair or check it (Get-Worker, Test-Worker)."
            { Invoke-WorkerCommand -Worker lost { 1 } } | Should -Throw -ErrorId 'NoEligibleWorker*' -ExpectedMessage $reason
            { Invoke-WorkerCommand -Worker lost, worker3 { 1 } -ErrorAction SilentlyContinue } | Should -Throw -ExpectedMessage "None of the workers *'lost', 'worker3'. $reason"
        }
        finally {
            $null = Enable-Worker worker3
            Remove-Worker lost -Confirm:$false -ErrorAction Ignore
        }
        { Invoke-WorkerCommand -Pool Linux { 1 } } | Should -Throw -ErrorId 'NoEligibleWorker*'
        { Invoke-WorkerCommand -Pool Nowhere { 1 } } | Should -Throw -ErrorId 'WorkerPoolNotFound*'
    }

    It 'does nothing with -WhatIf' {
        $file = Join-Path $TestDrive whatif
        1..3 | Invoke-WorkerCommand -Pool Setup -WhatIf { New-Item $using:file }
        $file | Should -Not -Exist
    }

    It 'runs several inputs at once on one worker when asked, each in a session of its own' {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive both)).FullName
        $found = 1..2 | Invoke-WorkerCommand -Worker worker1 -PerWorker 2 -TimeoutSec 300 {
            $null = New-Item (Join-Path $using:folder $PID) -Force
            while (@(Get-ChildItem $using:folder).Count -lt 2) { Start-Sleep -Milliseconds 20 }
            $PID
        }
        $found | Select-Object -Unique | Should -HaveCount 2
    }

    It 'completes names' {
        foreach ($case in @(
                @{ Line = 'Invoke-WorkerCommand -Pool Set'; Text = 'Setup' }, @{ Line = 'Invoke-WorkerCommand -Worker worker'; Text = 'worker1' }
                @{ Line = 'Invoke-WorkerCommand -Environment Dev'; Text = 'Development' }, @{ Line = 'Invoke-WorkerCommand -Module OctoW'; Text = 'OctoWorkers' }
                @{ Line = 'Invoke-WorkerCommand -Function Initialize-S'; Text = 'Initialize-Store' }
            )) {
            (TabExpansion2 $case.Line $case.Line.Length).CompletionMatches.CompletionText | Should -Contain $case.Text -Because $case.Line
        }
    }
}
