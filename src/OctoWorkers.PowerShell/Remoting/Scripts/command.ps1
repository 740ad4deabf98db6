# Runs a script block once for each input that comes, and says after each that it has ended.
param($__octo)
begin {
    foreach ($__name in $__octo.Preferences.Keys) { Set-Variable -Name $__name -Value $__octo.Preferences[$__name] }
    try { $__octoScript = [scriptblock]::Create($__octo.Script) }
    catch { throw ($__octo.Token + $_.Exception.Message) }
    $__octoMore = $__octo.Arguments
    # Every so many results whoever takes them is waited for. The comma keeps a list that is one result one result.
    $__octoFlow = {
        begin {
            $count = 0
            $room = $__octo.Room
            $choices = [System.Management.Automation.Host.ChoiceDescription[]] @('&1')
        }
        process {
            , $_
            if (++$count -ge $room) { $count = 0; [void] $Host.UI.PromptForChoice($__octo.Token, '', $choices, 0) }
        }
    }
}
process {
    $__octoArguments = if ($__octo.HasInput -and $__octo.TakesArgument -and -not $__octo.IsPiped) { @(, $_) + $__octoMore } else { $__octoMore }
    if (-not $__octo.HasInput) {
        if ($__octo.Room) { & $__octoScript @__octoMore | & $__octoFlow } else { & $__octoScript @__octoMore }
    }
    elseif ($__octo.IsPiped) {
        if ($__octo.Room) { , $_ | & $__octoScript @__octoMore | & $__octoFlow } else { , $_ | & $__octoScript @__octoMore }
    }
    elseif ($__octo.Room) { & $__octoScript @__octoArguments | & $__octoFlow }
    else { & $__octoScript @__octoArguments }
    $__octo.Token
}
