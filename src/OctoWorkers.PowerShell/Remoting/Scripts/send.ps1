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
                    if ($item -isnot [System.IO.DirectoryInfo]) { [pscustomobject] @{ State = 'file'; Path = $item.FullName; Name = $item.Name }; continue }
                    if (-not $request.Recurse) { throw [System.ArgumentException]::new("'$($item.FullName)' is a folder: give -Recurse to copy it with what it holds.") }
                    [pscustomobject] @{ State = 'folder'; Name = $item.Name; Mode = Get-Mode $item }
                    $above = $item.FullName.TrimEnd('/', '\').Length + 1
                    foreach ($below in Get-ChildItem -LiteralPath $item.FullName -Recurse -Force) {
                        $name = $item.Name + '/' + $below.FullName.Substring($above).Replace('\', '/')
                        if ($below -is [System.IO.DirectoryInfo]) { [pscustomobject] @{ State = 'folder'; Name = $name; Mode = Get-Mode $below } }
                        else { [pscustomobject] @{ State = 'file'; Path = $below.FullName; Name = $name } }
                    }
                }
                [pscustomobject] @{ State = 'listed' }
            }
            'open' {
                if ($stream) { $stream.Dispose() }
                $hash = Get-Hash $request.Path
                $stream = [System.IO.File]::OpenRead($request.Path)
                $information = [System.IO.FileInfo]::new($request.Path)
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
            { $_ -is [System.Management.Automation.SessionStateException] -or $_ -is [System.IO.FileNotFoundException] -or $_ -is [System.IO.DirectoryNotFoundException] } { 'PathNotFound' }
            { $_ -is [System.ArgumentException] } { 'InvalidArgument' }
        }
        [pscustomobject] @{ State = 'error'; Message = $reason.Message; Error = $kind }
    }
}
end { if ($stream) { $stream.Dispose() } }
