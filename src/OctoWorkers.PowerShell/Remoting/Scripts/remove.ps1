# Removes a folder that was made for a command.
param($Folder)
Remove-Item -LiteralPath $Folder -Recurse -Force -ErrorAction SilentlyContinue
