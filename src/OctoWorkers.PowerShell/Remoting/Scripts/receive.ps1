# Takes files: a table says what comes, bytes are the next part of the file, and each is answered.
begin {
    function Get-Hash([string] $path) {
        $stream = [System.IO.File]::OpenRead($path)
        $algorithm = [System.Security.Cryptography.SHA256]::Create()
        try { [System.BitConverter]::ToString($algorithm.ComputeHash($stream)).Replace('-', '').ToLowerInvariant() } finally { $algorithm.Dispose(); $stream.Dispose() }
    }
    function Assert-Place([string] $folder, [string] $file) {
        # A file that stands where a folder is needed, or a folder where a file is to go, is the caller's to remove.
        $above = $folder
        while ($above -and -not [System.IO.Directory]::Exists($above) -and -not [System.IO.File]::Exists($above)) { $above = [System.IO.Path]::GetDirectoryName($above) }
        if ($above -and [System.IO.File]::Exists($above)) { throw [System.ArgumentException]::new("'$above' is a file, and a folder is needed there. Remove it, or give another destination.") }
        if ($file -and [System.IO.Directory]::Exists($file)) { throw [System.ArgumentException]::new("'$file' is a folder, and a file is to go there. Remove it, or give another destination.") }
    }
    function Assert-NoSpecial([string] $path) {
        # A pipe, socket or device would be replaced, and a pipe waits for whoever writes it as soon as it is opened.
        if ($PSVersionTable.PSVersion.Major -lt 7 -or $IsWindows) { return }
        $there = Get-Item -LiteralPath $path -Force -ErrorAction Ignore
        if ($there -and $there.LinkType -eq 'SymbolicLink') {
            $final = try { $there.ResolveLinkTarget($true) } catch [System.IO.IOException] { }
            $there = if ($final) { Get-Item -LiteralPath $final.FullName -Force -ErrorAction Ignore }
        }
        if (-not $there) { return }
        $kind = switch ([string] $there.UnixStat.ItemType) { 'NamedPipe' { 'named pipe' } 'Socket' { 'socket' } 'BlockDevice' { 'device' } 'CharacterDevice' { 'device' } }
        if ($kind) { throw [System.ArgumentException]::new("'$path' is a $kind, and a file is to go there. Give another destination.") }
    }
    $stream = $null
}
process {
    try {
        if ($_ -is [byte[]]) {
            $stream.Write($_, 0, $_.Length)
            [pscustomobject] @{ State = 'taken'; Offset = $stream.Position }
            return
        }
        $request = $_
        switch ($request.Op) {
            'look' {
                $full = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($request.Path)
                [pscustomobject] @{ State = 'seen'; Path = $full; IsFolder = [System.IO.Directory]::Exists($full); Separator = [string] [System.IO.Path]::DirectorySeparatorChar }
            }
            'folder' {
                Assert-Place $request.Path
                [void] [System.IO.Directory]::CreateDirectory($request.Path)
                [pscustomobject] @{ State = 'made' }
            }
            'mode' {
                if ($request.Mode -and $PSVersionTable.PSVersion.Major -ge 7 -and -not $IsWindows) {
                    $mode = [System.IO.UnixFileMode] $request.Mode
                    if ([System.IO.File]::GetUnixFileMode($request.Path) -ne $mode) { [System.IO.File]::SetUnixFileMode($request.Path, $mode) }
                }
                [pscustomobject] @{ State = 'made' }
            }
            'begin' {
                $file = $request
                Assert-NoSpecial $file.Path
                if ([System.IO.File]::Exists($file.Path) -and [System.IO.FileInfo]::new($file.Path).Length -eq $file.Length -and (Get-Hash $file.Path) -eq $file.Hash) {
                    [pscustomobject] @{ State = 'same' }
                    return
                }
                $folder = [System.IO.Path]::GetDirectoryName($file.Path)
                Assert-Place $folder $file.Path
                [void] [System.IO.Directory]::CreateDirectory($folder)
                $stream = [System.IO.FileStream]::new($file.Part, 'OpenOrCreate', 'ReadWrite', 'None')
                if ($stream.Length -gt $file.Length) { $stream.SetLength(0) }
                [void] $stream.Seek(0, 'End')
                [pscustomobject] @{ State = 'from'; Offset = $stream.Position }
            }
            'end' {
                $stream.Dispose()
                $stream = $null
                if ((Get-Hash $file.Part) -ne $file.Hash) {
                    [System.IO.File]::Delete($file.Part)
                    [pscustomobject] @{ State = 'different' }
                    return
                }
                if ($file.Mode -and $PSVersionTable.PSVersion.Major -ge 7 -and -not $IsWindows) { [System.IO.File]::SetUnixFileMode($file.Part, [System.IO.UnixFileMode] $file.Mode) }
                [System.IO.File]::SetLastWriteTimeUtc($file.Part, [datetime] $file.Written)
                if ([System.IO.File]::Exists($file.Path)) { [System.IO.File]::Delete($file.Path) }
                [System.IO.File]::Move($file.Part, $file.Path)
                [pscustomobject] @{ State = 'whole' }
            }
        }
    }
    catch {
        if ($stream) { $stream.Dispose(); $stream = $null }
        $reason = if ($_.Exception.InnerException) { $_.Exception.InnerException } else { $_.Exception }
        [pscustomobject] @{ State = 'error'; Message = $reason.Message; Error = if ($reason -is [System.ArgumentException]) { 'InvalidArgument' } }
    }
}
end { if ($stream) { $stream.Dispose() } }
