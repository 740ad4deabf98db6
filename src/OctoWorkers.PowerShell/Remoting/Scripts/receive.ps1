# Takes files: a table says what comes, bytes are the next part of the file, and each is answered.
begin {
    function Get-Hash([string] $path) {
        $stream = [System.IO.File]::OpenRead($path)
        $algorithm = [System.Security.Cryptography.SHA256]::Create()
        try { [System.BitConverter]::ToString($algorithm.ComputeHash($stream)).Replace('-', '').ToLowerInvariant() } finally { $algorithm.Dispose(); $stream.Dispose() }
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
                if ([System.IO.File]::Exists($file.Path) -and [System.IO.FileInfo]::new($file.Path).Length -eq $file.Length -and (Get-Hash $file.Path) -eq $file.Hash) {
                    [pscustomobject] @{ State = 'same' }
                    return
                }
                [void] [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($file.Path))
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
        $reason = if ($_.Exception.InnerException) { $_.Exception.InnerException.Message } else { $_.Exception.Message }
        [pscustomobject] @{ State = 'error'; Message = $reason }
    }
}
end { if ($stream) { $stream.Dispose() } }
