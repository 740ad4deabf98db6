# A piece of a file, or a word for why there is none.
param([string]$Folder, [string]$Path, [long]$Offset)
$file = [IO.Path]::Combine($Folder, $Path)
if (!(Test-Path -LiteralPath $file)) { return 'missing' }
if (!(Test-Path -LiteralPath $file -PathType Leaf)) { return 'irregular' }
if (!$IsWindows -and !$Offset) {
    # Opening a pipe waits for who writes to it.
    /bin/sh -c 'test -f "$1"' test $file
    if ($LASTEXITCODE) { return 'irregular' }
}
try { $stream = [IO.FileStream]::new($file, 'Open', 'Read', 'ReadWrite, Delete') } catch { return "unreadable: $($_.Exception.InnerException.Message)" }
try {
    if (!$stream.CanSeek) { return 'irregular' }
    $null = $stream.Seek($Offset, 'Begin')
    $bytes = [byte[]]::new([Math]::Max(0, [Math]::Min(262144, $stream.Length - $Offset)))
    $count = $stream.Read($bytes, 0, $bytes.Length)
    if ($count -lt $bytes.Length) { [Array]::Resize([ref]$bytes, $count) }
    , $bytes
}
finally { $stream.Dispose() }
