# Gives files: a table asks for something, and is answered; the parts of a file are bytes.
begin {
    function Get-Hash([string] $path) {
        $reading = [System.IO.File]::OpenRead($path)
        $algorithm = [System.Security.Cryptography.SHA256]::Create()
        try { [System.BitConverter]::ToString($algorithm.ComputeHash($reading)).Replace('-', '').ToLowerInvariant() } finally { $algorithm.Dispose(); $reading.Dispose() }
    }
    function Get-Mode($item) {
        if ($PSVersionTable.PSVersion.Major -ge 7 -and -not $IsWindows) { [int] $item.UnixFileMode } else { 0 }
    }
    function Get-Final($item) {
        # What a link leads to in the end; nothing where it is none, or leads nowhere.
        if ($item.LinkType -notin 'SymbolicLink', 'Junction') { return }
        if ($PSVersionTable.PSVersion.Major -ge 7) { return $item.ResolveLinkTarget($true) }
        Get-Item -LiteralPath ([System.IO.Path]::Combine([System.IO.Path]::GetDirectoryName($item.FullName), @($item.Target)[0])) -Force -ErrorAction Ignore
    }
    function Get-RealPath([string] $path) {
        # Links may be anywhere in a path, also in that to which another one leads.
        $real = [System.IO.Path]::GetPathRoot($path)
        foreach ($part in $path.Substring($real.Length).Split([System.IO.Path]::DirectorySeparatorChar) -ne '') {
            $next = [System.IO.Path]::Combine($real, $part)
            $final = Get-Final (Get-Item -LiteralPath $next -Force -ErrorAction Stop)
            $real = if ($final) { Get-RealPath $final.FullName } else { $next }
        }
        $real
    }
    function Get-LeftOut($item, [bool] $isAskedFor) {
        # What is not copied, without opening it: a pipe would wait for whoever writes it. Nothing where it can be copied.
        $final = $item
        $reason = $detail = $null
        if ($item.LinkType -in 'SymbolicLink', 'Junction') {
            # One that leads to itself has no end.
            $final = try { Get-Final $item } catch [System.IO.IOException] { }
            if ($final -and $final.Exists) { $final = Get-Item -LiteralPath $final.FullName -Force -ErrorAction Stop } else { $reason = 'DeadLink'; $detail = [string] @($item.Target)[0] }
        }
        if (-not $reason -and $PSVersionTable.PSVersion.Major -ge 7 -and -not $IsWindows) {
            $detail = switch ([string] $final.UnixStat.ItemType) { 'NamedPipe' { 'named pipe' } 'Socket' { 'socket' } 'BlockDevice' { 'device' } 'CharacterDevice' { 'device' } }
            if ($detail) { $reason = 'Special' }
        }
        if ($reason) { [pscustomobject] @{ State = 'left out'; Path = $item.FullName; Reason = $reason; Detail = $detail; IsAskedFor = $isAskedFor } }
    }
    function Write-File($file, [string] $name) {
        $final = Get-Final $file
        $length = if ($final) { $final.Length } else { $file.Length }
        [pscustomobject] @{ State = 'file'; Path = $file.FullName; Name = $name; Length = [long] $length; Mode = 0 }
    }
    function Write-Folder($folder, [string] $name, [string[]] $above) {
        # Links are followed, but none that leads back to a folder that it is in.
        [pscustomobject] @{ State = 'folder'; Path = $folder.FullName; Name = $name; Length = 0; Mode = Get-Mode $folder }
        foreach ($below in Get-ChildItem -LiteralPath $folder.FullName -Force -ErrorAction Stop) {
            $inner = "$name/$($below.Name)"
            if ($leftOut = Get-LeftOut $below $false) { $leftOut; continue }
            if ($below -isnot [System.IO.DirectoryInfo]) { Write-File $below $inner; continue }
            $place = if ($below.LinkType) { Get-RealPath $below.FullName } else { [System.IO.Path]::Combine($above[-1], $below.Name) }
            if ($above -cnotcontains $place) { Write-Folder $below $inner ($above + $place) }
            else { [pscustomobject] @{ State = 'left out'; Path = $below.FullName; Reason = 'Loop'; Detail = ''; IsAskedFor = $false } }
        }
    }
    $stream = $null
}
process {
    $request = $_
    try {
        switch ($request.Op) {
            'list' {
                $found = @(if ($request.IsLiteral) { Get-Item -LiteralPath $request.Path -Force -ErrorAction Stop } else { Get-Item -Path $request.Path -Force -ErrorAction Stop })
                if ($found.Count -eq 0) { throw [System.Management.Automation.ItemNotFoundException]::new('nothing matches it. -LiteralPath takes names with [, ], * and ? as they are.') }
                foreach ($item in $found) {
                    if ($item -is [System.IO.DirectoryInfo] -and -not $request.Recurse) {
                        throw [System.ArgumentException]::new("'$($item.FullName)' is a folder: give -Recurse to copy it with what it holds.")
                    }
                    if ($leftOut = Get-LeftOut $item $true) { $leftOut }
                    elseif ($item -is [System.IO.DirectoryInfo]) { Write-Folder $item $item.Name @(Get-RealPath $item.FullName) } else { Write-File $item $item.Name }
                }
                [pscustomobject] @{ State = 'listed' }
            }
            'open' {
                if ($stream) { $stream.Dispose() }
                $hash = Get-Hash $request.Path
                $stream = [System.IO.File]::OpenRead($request.Path)
                # What a link says of itself is not what is copied.
                $information = [System.IO.FileInfo]::new($request.Path)
                if ($final = Get-Final (Get-Item -LiteralPath $request.Path -Force)) { $information = $final }
                [pscustomobject] @{ State = 'open'; Length = $stream.Length; Hash = $hash; Written = $information.LastWriteTimeUtc; Mode = Get-Mode $information }
            }
            'read' {
                [void] $stream.Seek($request.Offset, 'Begin')
                $bytes = [byte[]]::new($request.Count)
                $count = 0
                while ($count -lt $bytes.Length -and ($more = $stream.Read($bytes, $count, $bytes.Length - $count)) -gt 0) { $count += $more }
                if ($count -lt $bytes.Length) { throw "It became shorter while it was read." }
                , $bytes
            }
        }
    }
    catch {
        $reason = if ($_.Exception.InnerException) { $_.Exception.InnerException } else { $_.Exception }
        $kind = switch ($reason) {
            { $_ -is [System.Management.Automation.SessionStateException] -or $_ -is [System.IO.FileNotFoundException] -or $_ -is [System.IO.DirectoryNotFoundException] } { 'PathNotFound'; break }
            { $_ -is [System.ArgumentException] -or $_ -is [System.IO.IOException] -or $_ -is [System.UnauthorizedAccessException] } { 'InvalidArgument' }
        }
        [pscustomobject] @{ State = 'error'; Message = $reason.Message; Error = $kind }
    }
}
end { if ($stream) { $stream.Dispose() } }
