# Files to and from workers.

BeforeAll {
    . $PSScriptRoot/Setup.ps1
    Use-Store copy
    Initialize-Store
    $source = New-Item -ItemType Directory (Join-Path $TestDrive source)
    $large = Join-Path $source large.bin
    $bytes = [byte[]]::new(3MB + 17)
    [Random]::new(1).NextBytes($bytes)
    [IO.File]::WriteAllBytes($large, $bytes)
    $hash = (Get-FileHash $large).Hash.ToLowerInvariant()
}

AfterAll { Remove-Store }

Describe 'Copy-WorkerItem' {
    It 'copies a file there and back, compared by hash' {
        $there = Join-Path $TestDrive there.bin
        $sent = Copy-WorkerItem $large $there -ToWorker worker1
        $sent.Sha256 | Should -Be $hash
        $sent.Transferred | Should -Be $sent.Length
        (Get-FileHash $there).Hash | Should -Be $hash
        $here = Join-Path $TestDrive here.bin
        $back = Copy-WorkerItem $there $here -FromWorker worker1
        $back.Transferred | Should -Be $back.Length
        (Get-FileHash $here).Hash | Should -Be $hash
        (Copy-WorkerItem $large $there -ToWorker worker1).Transferred | Should -Be 0
        (Copy-WorkerItem $there $here -FromWorker worker1).Transferred | Should -Be 0
    }

    It 'goes on where a broken transfer ended, in both directions' {
        $there = Join-Path $TestDrive resumed.bin
        $part = Join-Path $TestDrive ".resumed.bin.$($hash.Substring(0, 16)).part"
        [IO.File]::WriteAllBytes($part, [byte[]] [ArraySegment[byte]]::new($bytes, 0, 1MB))
        (Copy-WorkerItem $large $there -ToWorker worker1).Transferred | Should -Be (2MB + 17)
        (Get-FileHash $there).Hash | Should -Be $hash
        $here = Join-Path $TestDrive back.bin
        [IO.File]::WriteAllBytes((Join-Path $TestDrive ".back.bin.$($hash.Substring(0, 16)).part"), $bytes[0..99])
        (Copy-WorkerItem $there $here -FromWorker worker1).Transferred | Should -Be (3MB + 17 - 100)
        (Get-FileHash $here).Hash | Should -Be $hash
        Get-ChildItem $TestDrive -Force -Filter *.part | Should -BeNullOrEmpty
    }

    It 'sends all of a file again when what is there is not its beginning' {
        $there = Join-Path $TestDrive false.bin
        [IO.File]::WriteAllBytes((Join-Path $TestDrive ".false.bin.$($hash.Substring(0, 16)).part"), [byte[]]::new(1MB))
        $null = Copy-WorkerItem $large $there -ToWorker worker1
        (Get-FileHash $there).Hash | Should -Be $hash
    }

    It 'copies folders, empty files and hidden ones, with permissions and times' {
        $tree = New-Item -ItemType Directory (Join-Path $TestDrive 'tree x')
        $null = New-Item -ItemType Directory (Join-Path $tree empty), (Join-Path $tree deep/er) -Force
        Set-Content (Join-Path $tree 'deep/er/a ''b'' $c.txt') text
        $null = New-Item (Join-Path $tree .hidden)
        chmod 750 (Join-Path $tree .hidden)
        $target = Join-Path $TestDrive 'target folder'
        $copied = Copy-WorkerItem $tree "$target/" -ToWorker worker1 -Recurse
        $copied | Should -HaveCount 2
        Join-Path $target 'tree x/empty' | Should -Exist
        Get-Content (Join-Path $target 'tree x/deep/er/a ''b'' $c.txt') | Should -Be text
        (Get-Item (Join-Path $target 'tree x/.hidden') -Force).UnixMode | Should -Be '-rwxr-x---'
        $from = Join-Path $TestDrive from
        $null = Copy-WorkerItem $tree.FullName "$from/" -FromWorker worker1, worker2 -Recurse
        Join-Path $from 'worker2/tree x/deep/er/a ''b'' $c.txt' | Should -Exist
        Join-Path $from 'worker1/tree x/empty' | Should -Exist
    }

    It 'copies to several workers, and several files' {
        # They are one machine: after the first one, the others have it already.
        $copied = Get-ChildItem $source | Copy-WorkerItem -Destination (Join-Path $TestDrive many/) -ToWorker worker* -ThrottleLimit 1
        $copied.WorkerName | Sort-Object | Should -Be worker1, worker2, worker3
        $copied.Transferred | Sort-Object | Should -Be 0, 0, $copied[0].Length
    }

    It 'says what is wrong, of each thing, and goes on' {
        $null = Copy-WorkerItem (Join-Path $TestDrive nothing) /tmp -ToWorker worker1 -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike PathNotFound*
        $null = Copy-WorkerItem $source (Join-Path $TestDrive x) -ToWorker worker1 -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -Match '-Recurse'
        $null = Copy-WorkerItem $large /proc/nowhere/file -ToWorker worker1 -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike WorkerUnusable*
        $null = Copy-WorkerItem /not/there, "$TestDrive/no*thing" $TestDrive -FromWorker worker1 -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 2
        $problems.FullyQualifiedErrorId | Should -BeLike PathNotFound*
        $problems.CategoryInfo.Category | Should -Be ObjectNotFound, ObjectNotFound
        "$problems" | Should -Match '/not/there'
    }

    It 'says what stands in the way at the destination, <Side>' -ForEach @{ Side = 'on the worker'; Worker = @{ ToWorker = 'worker1' } }, @{ Side = 'here'; Worker = @{ FromWorker = 'worker1' } } {
        $place = New-Item -ItemType Directory (Join-Path $TestDrive "way-$Side")
        Set-Content "$place/file" text
        $null = New-Item -ItemType Directory "$place/large.bin"
        # A file where the folder is to be, or one above it; a folder where the file is to be; a folder without -Recurse.
        foreach ($case in @{ Path = $large; Destination = "$place/file/" }, @{ Path = $source.FullName; Destination = "$place/file"; Recurse = $true }, @{ Path = $source.FullName; Destination = "$place/file/below"; Recurse = $true },
            @{ Path = $large; Destination = "$place/" }, @{ Path = $source.FullName; Destination = $place }) {
            $null = Copy-WorkerItem @case @Worker -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike InvalidArgument*
        }
        Get-Content "$place/file" | Should -Be text
        Get-ChildItem $place -Recurse -Force -Filter *.part | Should -BeNullOrEmpty
    }

    It 'takes names with brackets as they are: from the pipeline, and with -LiteralPath' {
        $odd = New-Item -ItemType Directory (Join-Path $TestDrive odd)
        Set-Content -LiteralPath "$odd/a[1].txt" one
        Set-Content -LiteralPath "$odd/a1.txt" other
        $copied = Get-ChildItem $odd | Copy-WorkerItem -Destination "$TestDrive/piped/" -ToWorker worker1
        $copied | Should -HaveCount 2
        Get-Content -LiteralPath "$TestDrive/piped/a[1].txt" | Should -Be one
        $null = Copy-WorkerItem -LiteralPath "$odd/a[1].txt" "$TestDrive/literal.txt" -ToWorker worker1
        Get-Content "$TestDrive/literal.txt" | Should -Be one
        $null = Copy-WorkerItem -LiteralPath "$odd/a[1].txt" "$TestDrive/literal-back.txt" -FromWorker worker1
        Get-Content "$TestDrive/literal-back.txt" | Should -Be one
        $null = Get-ChildItem $odd | Copy-WorkerItem -Destination "$TestDrive/piped-back/" -FromWorker worker1
        Get-Content -LiteralPath "$TestDrive/piped-back/a[1].txt" | Should -Be one
        # A pattern it is otherwise, and a text from the pipeline too.
        $null = "$odd/a[1].txt" | Copy-WorkerItem -Destination "$TestDrive/pattern.txt" -ToWorker worker1
        Get-Content "$TestDrive/pattern.txt" | Should -Be other
    }

    It 'says which path or pattern nothing matches, <Side>' -ForEach @{ Side = 'here' }, @{ Side = 'on the worker' } {
        $worker = if ($Side -eq 'here') { @{ ToWorker = 'worker1' } } else { @{ FromWorker = 'worker1' } }
        $null = Copy-WorkerItem "$TestDrive/none[1].txt", "$TestDrive/none*" "$TestDrive/x" @worker -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 2
        "$($problems[0])" | Should -BeLike '*none`[1`].txt*-LiteralPath*'
        "$($problems[1])" | Should -BeLike '*none`**'
        $null = Copy-WorkerItem -LiteralPath "$TestDrive/none[1].txt" "$TestDrive/x" @worker -ErrorVariable problems -ErrorAction SilentlyContinue
        "$problems" | Should -BeLike '*none`[1`].txt*'
    }

    It 'keeps the permissions of folders, also of one in which nobody may write' {
        $tree = New-Item -ItemType Directory (Join-Path $TestDrive modes), (Join-Path $TestDrive modes/sub), (Join-Path $TestDrive modes/sub/deep)
        Set-Content "$($tree[2])/file" text
        chmod 711 $tree[0]; chmod 750 $tree[1]; chmod 550 $tree[2]
        $null = Copy-WorkerItem $tree[0].FullName "$TestDrive/modes-there" -ToWorker worker1 -Recurse
        $null = Copy-WorkerItem $tree[0].FullName "$TestDrive/modes-here" -FromWorker worker1 -Recurse
        foreach ($copy in 'modes-there', 'modes-here') {
            (Get-Item "$TestDrive/$copy").UnixMode | Should -Be drwx--x--x
            (Get-Item "$TestDrive/$copy/sub").UnixMode | Should -Be drwxr-x---
            (Get-Item "$TestDrive/$copy/sub/deep").UnixMode | Should -Be dr-xr-x---
            Get-Content "$TestDrive/$copy/sub/deep/file" | Should -Be text
        }
        'modes', 'modes-there', 'modes-here' | ForEach-Object { chmod 750 "$TestDrive/$_/sub/deep" }
    }

    It 'follows links, but none that leads back to a folder that it is in: <Side>' -ForEach @{ Side = 'to a worker'; Worker = 'ToWorker' }, @{ Side = 'from a worker'; Worker = 'FromWorker' } {
        $tree = New-Item -ItemType Directory (Join-Path $TestDrive "links-$Worker/tree/sub") -Force | ForEach-Object { $_.Parent.FullName }
        $other = New-Item -ItemType Directory (Join-Path $TestDrive "links-$Worker/other")
        Set-Content "$other/text" 'some text'
        $null = New-Item -ItemType SymbolicLink "$tree/sub/up" -Target '..'
        $null = New-Item -ItemType SymbolicLink "$tree/folder" -Target '../other'
        $null = New-Item -ItemType SymbolicLink "$tree/file" -Target '../other/text'
        # Only the place to which it leads is the same, by way of another link.
        $null = New-Item -ItemType SymbolicLink "$other/back" -Target "$tree/sub/up"
        $target = Join-Path $TestDrive "links-$Worker/target"
        $given = @{ $Worker = 'worker1' }
        $copied = Copy-WorkerItem $tree $target @given -Recurse -WarningVariable said -WarningAction SilentlyContinue
        $again = Copy-WorkerItem "$tree/file" "$target/file" @given
        # Pester would follow them for ever.
        Remove-Item "$tree/sub/up", "$other/back"
        $copied | ForEach-Object Length | Should -Be 10, 10
        Get-Content "$target/folder/text", "$target/file" | Should -Be 'some text', 'some text'
        @(Get-ChildItem $target -Recurse -Name | Sort-Object) -join ' ' | Should -Be 'file folder folder/text sub'
        $said | Should -HaveCount 2
        "$said" | Should -Match '\[worker1\] .*/back. leads back.*\[worker1\] .*/sub/up. leads back|/sub/up. leads back.*/back. leads back'
        $again.Transferred | Should -Be 0
    }

    It 'leaves out pipes, sockets and links that lead nowhere, says so and copies the rest: <Side>' -ForEach @{ Side = 'to a worker'; Worker = 'ToWorker' }, @{ Side = 'from a worker'; Worker = 'FromWorker' } {
        $tree = New-Item -ItemType Directory (Join-Path $TestDrive "odd-$Worker/tree/sub") -Force | ForEach-Object { $_.Parent.FullName }
        mkfifo "$tree/pipe"
        ln -s pipe "$tree/to-pipe"
        ln -s /nope "$tree/dangling"
        ln -s self "$tree/sub/self"
        Set-Content "$tree/sub/text", "$tree/zz" 'some text'
        $socket = [Net.Sockets.Socket]::new('Unix', 'Stream', 'Unspecified')
        $socket.Bind([Net.Sockets.UnixDomainSocketEndPoint]::new("$tree/socket"))
        $target = Join-Path $TestDrive "odd-$Worker/target"
        $given = @{ $Worker = 'worker1'; WarningVariable = 'said'; WarningAction = 'SilentlyContinue'; ErrorVariable = 'problems'; ErrorAction = 'SilentlyContinue' }
        foreach ($isPreview in $true, $false) {
            $copied = Copy-WorkerItem $tree $target @given -Recurse -WhatIf:$isPreview
            Test-Path $target | Should -Be (-not $isPreview)
            "$($said | Sort-Object)" | Should -Match "^\[worker1\] '.*/tree/pipe' is a named pipe, and is left out. .*/socket' is a socket, .*/to-pipe' is a named pipe, and is left out.$"
            $problems | Should -HaveCount 2
            $problems.FullyQualifiedErrorId | Should -BeLike PathNotFound*
            "$($problems | Sort-Object)" | Should -Match "/dangling' is a link that leads nowhere \('/nope'\).*/sub/self' is a link that leads nowhere \('self'\)"
        }
        $copied | Should -HaveCount 2
        @(Get-ChildItem $target -Recurse -Name | Sort-Object) -join ' ' | Should -Be 'sub sub/text zz'
        # What was asked for itself, by its name or by a pattern, beside others.
        $null = Copy-WorkerItem "$tree/pipe" "$target/x" @given
        $problems.FullyQualifiedErrorId | Should -BeLike InvalidArgument*
        "$problems" | Should -Match "/pipe' is a named pipe: only files and folders can be copied"
        $copied = Copy-WorkerItem "$tree/[dpz]*" "$target/more/" @given
        $copied | Should -HaveCount 1
        ($problems.FullyQualifiedErrorId -replace ',.*' | Sort-Object) -join ' ' | Should -Be 'InvalidArgument PathNotFound'
        # A file is not put in the place of a pipe, nor is the pipe read to compare it.
        foreach ($source in "$tree/zz", (New-Item "$tree/empty" -Force).FullName) {
            $null = Copy-WorkerItem $source "$tree/to-pipe" @given
            $null = Copy-WorkerItem $source "$tree/pipe" @given
            $problems.FullyQualifiedErrorId | Should -BeLike InvalidArgument*
            "$problems" | Should -Match "/pipe' is a named pipe, and a file is to go there"
        }
        Get-ChildItem $tree -Name -Force | Sort-Object | Should -Be dangling, empty, pipe, socket, sub, to-pipe, zz
        (Get-Item "$tree/pipe").UnixStat.ItemType, (Get-Item "$tree/to-pipe").LinkType | Should -Be NamedPipe, SymbolicLink
        $socket.Dispose()
    }

    It 'says which file of a folder cannot be read, and copies the rest: <Side>' -ForEach @{ Side = 'to a worker'; Worker = 'ToWorker' }, @{ Side = 'from a worker'; Worker = 'FromWorker' } {
        $tree = New-Item -ItemType Directory (Join-Path $TestDrive "unreadable-$Worker/tree")
        Set-Content "$tree/a", "$tree/z" 'some text'
        # Its beginning is nowhere, also for root.
        ln -s /proc/self/mem "$tree/m"
        $target = Join-Path $TestDrive "unreadable-$Worker/target"
        $given = @{ $Worker = 'worker1'; ErrorVariable = 'problems'; ErrorAction = 'SilentlyContinue' }

        $copied = Copy-WorkerItem $tree $target -Recurse @given

        $copied | Should -HaveCount 2
        Get-Content "$target/a", "$target/z" | Should -Be 'some text', 'some text'
        Get-ChildItem $target -Name | Should -Be a, z
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike InvalidArgument*
        "$problems" | Should -Match "/tree/m'.*: Input/output error"
        Copy-WorkerItem "$tree/m" "$target/m" @given | Should -BeNullOrEmpty
        $problems | Should -HaveCount 1
    }

    It 'copies nothing with -WhatIf, and says how much of a folder it would be' {
        $there = Join-Path $TestDrive whatif.bin
        $transcript = Join-Path $TestDrive transcript
        $null = Start-Transcript $transcript
        try {
            Copy-WorkerItem $large $there -ToWorker worker1 -WhatIf
            Copy-WorkerItem $source.FullName $there -ToWorker worker1, worker2 -Recurse -WhatIf
            Copy-WorkerItem $source.FullName $there -FromWorker worker3 -Recurse -WhatIf
        }
        finally { $null = Stop-Transcript }
        $there | Should -Not -Exist
        $said = @(Get-Content $transcript | Where-Object { $_ -like 'What if:*' })
        $said | Should -HaveCount 4
        $said[1, 2] | Should -BeLike '*1 file of 3.1 MB in 1 folder*'
        $said[3] | Should -BeLike "*worker3*1 file of 3.1 MB in 1 folder*"
    }
}
