BeforeAll {
    . $PSScriptRoot/Setup.ps1; Use-Store packages
    $folder = New-Item -ItemType Directory (Join-Path $TestDrive files)
    Set-Content (Join-Path $folder page.html) 'hello from a package'
    $content = New-Item -ItemType Directory (Join-Path $TestDrive content)
    Move-Item (Join-Path $folder page.html) $content
    [IO.Compression.ZipFile]::CreateFromDirectory($content, (Join-Path $folder Acme.Web.1.2.0.zip))
}
AfterAll { Remove-Module OctoWorkers }

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
