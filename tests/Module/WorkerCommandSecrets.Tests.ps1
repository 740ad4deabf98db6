# Secrets in what comes back from a script block on workers.

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store secrets
    Initialize-Store
}

AfterAll { Remove-Store }

Describe 'A command that knows secrets' {
    It 'masks secrets in all parts of errors and of information' {
        $asked = @{
            Worker = 'worker2'; Environment = 'Development'; Variable = @{ Secret = ConvertTo-SecureString 'hunter22secret' -AsPlainText -Force }; ErrorAction = 'SilentlyContinue'
            ScriptBlock = {
                $secret = $OctopusParameters['Secret']
                Write-Error "known $secret" -ErrorId "id $secret" -TargetObject "target $secret" -RecommendedAction "do $secret" -CategoryActivity "act $secret" -CategoryReason "why $secret"
                Write-Error plain -TargetObject ([pscustomobject] @{ Password = $secret })
                Write-Error -Exception ([InvalidOperationException]::new('outer', [ArgumentException]::new("inner $secret")))
                Write-Error harmless -ErrorId Own -TargetObject 7
                Write-Information "tagged $secret" -Tags fine, "tag $secret"
                Write-Information ([pscustomobject] @{ Password = $secret })
                throw "thrown $secret"
            }
        }
        $null = Invoke-WorkerCommand @asked -ErrorVariable problems -InformationVariable told
        $job = Invoke-WorkerCommand @asked -AsJob
        $null = $job | Wait-Job
        $null = $job | Receive-Job -Wait -AutoRemoveJob -ErrorVariable jobProblems -InformationVariable jobTold -ErrorAction SilentlyContinue
        foreach ($found in @($problems), @($jobProblems)) {
            $found | Should -HaveCount 5
            $text = $found | ForEach-Object {
                $_.FullyQualifiedErrorId, $_.TargetObject, $_.ScriptStackTrace, $_.CategoryInfo, $_.ErrorDetails.Message, $_.Exception, $_.InvocationInfo.PositionMessage; $_.InvocationInfo.BoundParameters
                $_
            } | Out-String -Width 1000
            $text | Should -Not -Match hunter22secret
            $text | Should -Match 'known \*{8}'
            $found[0].FullyQualifiedErrorId | Should -Match '^id \*{8}(,|$)'
            $found[0].TargetObject | Should -Be 'target ********'
            $found[0].CategoryInfo.TargetName | Should -Be 'target ********'
            $found[0].CategoryInfo.Activity | Should -Be 'act ********'
            $found[0].CategoryInfo.Reason | Should -Be 'why ********'
            $found[0].ErrorDetails.RecommendedAction | Should -Be 'do ********'
            $found[2].Exception.Message | Should -Be outer
            # One without a secret comes as it was.
            $found[3].FullyQualifiedErrorId | Should -Be Own
            $found[3].TargetObject | Should -Be 7
            $found[3].Exception.SerializedRemoteException | Should -Not -BeNullOrEmpty
            $found[4].FullyQualifiedErrorId | Should -Match '^thrown \*{8}(,|$)'
        }
        foreach ($found in @($told), @($jobTold)) {
            $found[0].Tags | Should -Be fine, 'tag ********'
            $found[0].MessageData | Should -Be 'tagged ********'
            "$($found[1].MessageData)" | Should -Not -Match hunter22secret
        }
    }
}
