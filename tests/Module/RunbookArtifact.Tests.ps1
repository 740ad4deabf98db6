BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store artifacts
    Initialize-Store
    $null = New-Runbook Keep {
        New-RunbookStep Write -Bash 'printf "%s" one > a.txt; new_octopusartifact a.txt; printf "\0\1\377" > b.bin; new_octopusartifact b.bin' -Pool Setup
        New-RunbookStep Escape -Bash 'echo evil > c; new_octopusartifact c ../../evil.txt' -Pool Setup
    }
    $run = Invoke-Runbook Keep Development 6>$null
    $folder = Join-Path $TestDrive saved
}
AfterAll { Remove-Store }

Describe 'Get-RunbookArtifact' {
    It 'lists what the steps of a run kept' {
        $kept = $run | Get-RunbookArtifact
        $kept.Name | Should -Be a.txt, b.bin, ../../evil.txt
        $kept[1].Length | Should -Be 3
        $kept.Step | Should -Be 1, 1, 2
    }

    It 'finds by number and pattern' {
        (Get-RunbookArtifact $run.Id.Number *.txt).Name | Should -Be a.txt, ../../evil.txt
        (Get-RunbookRun | Get-RunbookArtifact -Name b.bin).Name | Should -Be b.bin
    }

    It 'names what is not there' {
        { Get-RunbookArtifact $run a.tx -ErrorAction Stop } | Should -Throw -ErrorId 'ArtifactNotFound,*' -ExpectedMessage "*'a.txt'*"
        { Get-RunbookArtifact 99 -ErrorAction Stop } | Should -Throw -ErrorId 'RunNotFound,*'
    }
}

Describe 'The number of an artifact' {
    It 'leaves no gap for a file that could not be collected, and finds the right one' {
        $null = New-Runbook Gap { New-RunbookStep Write -Bash 'printf two > b; new_octopusartifact gone; new_octopusartifact b' -Pool Setup }
        $kept = Invoke-Runbook Gap Development 3>$null 6>$null | Get-RunbookArtifact
        $kept.Number | Should -Be 1
        Get-Content ($kept | Save-RunbookArtifact -Path (Join-Path $TestDrive gap)) | Should -Be two
    }
}

Describe 'Save-RunbookArtifact' {
    It 'writes nothing with -WhatIf' {
        $run | Get-RunbookArtifact | Save-RunbookArtifact -Path $folder -WhatIf
        $folder | Should -Not -Exist
    }

    It 'writes each to a file of its name, and none outside the folder' {
        $files = $run | Get-RunbookArtifact | Save-RunbookArtifact -Path $folder
        $files.Name | Should -Be a.txt, b.bin, evil.txt
        $files.DirectoryName | Sort-Object -Unique | Should -Be $folder
        Get-Content (Join-Path $folder a.txt) | Should -Be one
        [IO.File]::ReadAllBytes((Join-Path $folder b.bin)) | Should -Be 0, 1, 255
    }

    It 'replaces a file only with -Force, and writes the others all the same' {
        Set-Content (Join-Path $folder a.txt) mine
        Remove-Item (Join-Path $folder b.bin)
        $files = $run | Get-RunbookArtifact | Save-RunbookArtifact -Path $folder -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        $problem[0].Exception.Message | Should -BeLike '*-Force*'
        $files.Name | Should -Be b.bin
        Get-Content (Join-Path $folder a.txt) | Should -Be mine
        $null = Get-RunbookArtifact $run a.txt | Save-RunbookArtifact -Path $folder -Force
        Get-Content (Join-Path $folder a.txt) | Should -Be one
    }

    It 'writes to the current location when no folder is given, whatever its name' {
        $here = New-Item -ItemType Directory (Join-Path $TestDrive '[1] here')
        Push-Location -LiteralPath $here
        try { (Get-RunbookArtifact $run a.txt | Save-RunbookArtifact).DirectoryName | Should -Be $here.FullName }
        finally { Pop-Location }
    }

    It 'says that an artifact has gone with its run' {
        $kept = $run | Get-RunbookArtifact
        $run | Remove-RunbookRun
        { $kept | Save-RunbookArtifact -Path (Join-Path $TestDrive late) -ErrorAction Stop } | Should -Throw -ErrorId 'ArtifactNotFound,*'
    }
}
