# The packages that this machine keeps: HASH, and HASH.part for one that is on its way. Use is the time of the last writing.
param([string]$Verb, [string]$Cache, [string]$Hash, [object]$One, [object]$Two)
$file = [IO.Path]::Combine($Cache, $Hash)
$part = "$file.part"
$null = [IO.Directory]::CreateDirectory($Cache)
function Get-Digest([string]$Path) {
    $stream = [IO.File]::OpenRead($Path)
    try { [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($stream)).ToLowerInvariant() } finally { $stream.Dispose() }
}
switch ($Verb) {
    'have' {
        if ([IO.File]::Exists($file)) { [IO.File]::SetLastWriteTimeUtc($file, [DateTime]::UtcNow); return -1L }
        return $(if ([IO.File]::Exists($part)) { [IO.FileInfo]::new($part).Length } else { 0L })
    }
    'put' {
        $stream = [IO.FileStream]::new($part, 'OpenOrCreate', 'Write', 'None')
        try {
            if ($stream.Length -eq $One) { $null = $stream.Seek(0, 'End'); $stream.Write($Two, 0, $Two.Length) }
            return $stream.Length
        }
        finally { $stream.Dispose() }
    }
    'seal' {
        if (![IO.File]::Exists($part) -and [IO.File]::Exists($file)) { return 'ok' }
        $digest = Get-Digest $part
        if ($digest -ne $Hash) { [IO.File]::Delete($part); return $digest }
        [IO.File]::Move($part, $file, $true)
        return 'ok'
    }
    'unpack' {
        if (![IO.File]::Exists($file)) { return 'missing' }
        $folder = $One
        $null = [IO.Directory]::CreateDirectory($folder)
        try {
            if ($Two.StartsWith('file:')) { [IO.File]::Copy($file, [IO.Path]::Combine($folder, $Two.Substring(5)), $true) }
            elseif ($Two -eq 'zip') { [IO.Compression.ZipFile]::ExtractToDirectory($file, $folder, $true) }
            else {
                $stream = [IO.File]::OpenRead($file)
                try {
                    $isGzip = $stream.ReadByte() -eq 31 -and $stream.ReadByte() -eq 139
                    $stream.Position = 0
                    $tar = if ($isGzip) { [IO.Compression.GZipStream]::new($stream, [IO.Compression.CompressionMode]::Decompress) } else { $stream }
                    [Formats.Tar.TarFile]::ExtractToDirectory($tar, $folder, $true)
                }
                finally { $stream.Dispose() }
            }
        }
        catch { return "failed $($_.Exception.InnerException.Message ?? $_.Exception.Message)" }
        return "ok $folder"
    }
    'clean' {
        $removed = 0L
        $left = 0L
        foreach ($package in [IO.DirectoryInfo]::new($Cache).GetFiles() | Sort-Object LastWriteTimeUtc -Descending) {
            $age = ([DateTime]::UtcNow - $package.LastWriteTimeUtc).TotalSeconds
            if ($age -gt 3600 -and ($age -gt $Two -or $left + $package.Length -gt $One)) { $removed += $package.Length; $package.Delete() } else { $left += $package.Length }
        }
        $removed
        $left
    }
}
