# Removes a run's folder, and those above it that are empty then. It writes what could not be removed.
param([string]$Folder, [int]$Above)
for ($try = 1; [IO.Directory]::Exists($Folder); $try++) {
    try { [IO.Directory]::Delete($Folder, $true) }
    catch [IO.DirectoryNotFoundException] {
        # A session has removed it, or a folder in it, meanwhile.
        if ($try -eq 100) { return "$Folder ($($_.Exception.InnerException.Message))" }
    }
    catch { return "$Folder ($($_.Exception.InnerException.Message))" }
}
for ($parent = [IO.Path]::GetDirectoryName($Folder); $Above -gt 0; $Above--) {
    if (![IO.Directory]::Exists($parent)) { $parent = [IO.Path]::GetDirectoryName($parent); continue }
    try { [IO.Directory]::Delete($parent, $false) } catch { return }
    $parent = [IO.Path]::GetDirectoryName($parent)
}
