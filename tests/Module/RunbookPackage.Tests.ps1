BeforeAll {
    . $PSScriptRoot/Setup.ps1; Use-Store packages
    $folder = New-Item -ItemType Directory (Join-Path $TestDrive files)
    Set-Content (Join-Path $folder page.html) 'hello from a package'
    $content = New-Item -ItemType Directory (Join-Path $TestDrive content)
    Move-Item (Join-Path $folder page.html) $content
    [IO.Compression.ZipFile]::CreateFromDirectory($content, (Join-Path $folder Acme.Web.1.2.0.zip))
}
AfterAll { Remove-Store }

Describe 'RunbookPackage' {
    It 'pushes a package and finds it again' {
        $pushed = Get-Item (Join-Path $folder Acme.Web.1.2.0.zip) | Publish-RunbookPackage
        "$($pushed.PackageId) $($pushed.Version)" | Should -Be 'Acme.Web 1.2.0'
        $pushed.Hash | Should -Be (Get-FileHash (Join-Path $folder Acme.Web.1.2.0.zip)).Hash.ToLowerInvariant()
        (Get-RunbookPackage acme*).FileName | Should -Be Acme.Web.1.2.0.zip
    }

    It 'refuses other bytes under the same version' {
        $other = New-Item -ItemType Directory (Join-Path $TestDrive other)
        Set-Content (Join-Path $other page.html) 'something else'
        $named = New-Item -ItemType Directory (Join-Path $TestDrive named)
        [IO.Compression.ZipFile]::CreateFromDirectory($other, (Join-Path $named Acme.Web.1.2.0.zip))
        Publish-RunbookPackage (Join-Path $named Acme.Web.1.2.0.zip) -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'PackageChanged,*'
    }

    It 'takes references as ids, hashtables and packages' {
        $step = New-RunbookStep Deploy -Bash 'ls' -Package Acme.Db, @{ Id = 'Acme.Web'; Version = '1.2.0'; Name = 'web'; Extract = $false; Acquire = 'None' }, (Get-RunbookPackage Acme.Web)
        $step.Packages.PackageId | Should -Be Acme.Db, Acme.Web, Acme.Web
        $step.Packages[0].Version | Should -BeNullOrEmpty
        $step.Packages[1].Name | Should -Be web
        $step.Packages[1].Extract | Should -BeFalse
        $step.Packages[1].Acquire | Should -Be None
        $step.Packages[2].Version | Should -Be 1.2.0
        { New-RunbookStep Deploy -Bash 'ls' -Package @{ Id = 'a'; Versoin = '1' } } | Should -Throw '*Versoin*'
        { New-RunbookStep Deploy -Bash 'ls' -Package @{ Version = '1' } } | Should -Throw '*needs an Id*'
        { New-RunbookStep Deploy -Bash 'ls' -Package @{ Id = 'a'; Version = 'new' } } | Should -Throw '*no version*'
        { New-RunbookStep Deploy -Bash 'ls' -Package @{ Id = 'a'; Acquire = 'later' } } | Should -Throw '*None*'
    }

    It 'shows in a plan what has to be where' {
        $null = New-WorkerEnvironment Development
        $null = New-Runbook Uses { New-RunbookStep Deploy -Bash 'ls' -Package Acme.Web }
        Get-RunbookPlan Uses Development | Out-String | Should -Match '(?s)Package +Version +Feed +Size +Needed on.*Acme.Web +1.2.0 +Built-in +\d+ B'
    }

    It 'sends a package to a worker once, and clears its cache' {
        $null = Add-Worker w -Local
        (Send-RunbookPackage Acme.Web w -WhatIf) | Should -BeNullOrEmpty
        $null = Clear-WorkerCache w
        $sent = Get-RunbookPackage Acme.Web | Send-RunbookPackage -Worker w
        $sent.Moved | Should -Be $sent.Size
        (Send-RunbookPackage Acme.Web w*).Moved | Should -Be 0
        (Clear-WorkerCache w -UnusedFor 1.00:00:00).Removed | Should -Be 0
        (Get-Worker w | Clear-WorkerCache).Removed | Should -BeGreaterOrEqual $sent.Size
        Clear-WorkerCache none -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'WorkerNotFound,*'
    }

    It 'changes nothing with -WhatIf' {
        New-RunbookFeed Nightly $folder -WhatIf
        (Get-RunbookFeed).Name | Should -Be Built-in
    }

    It 'adds and removes a feed' {
        New-RunbookFeed Nightly $folder | Out-Null
        (Get-RunbookPackage -Feed Nightly).PackageId | Should -Be Acme.Web
        Get-RunbookFeed Nightly | Remove-RunbookFeed
        Get-RunbookFeed Nightly -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem[0].FullyQualifiedErrorId | Should -BeLike 'FeedNotFound,*'
    }
}
