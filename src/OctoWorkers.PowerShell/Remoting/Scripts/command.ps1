# Runs a script block once for each input that comes, and says after each that it has ended.
param($__octo)
begin {
    foreach ($__name in $__octo.Preferences.Keys) { Set-Variable -Name $__name -Value $__octo.Preferences[$__name] }
    try { $__octoScript = [scriptblock]::Create($__octo.Script) }
    catch { throw ($__octo.Token + $_.Exception.Message) }
    $__octoMore = $__octo.Arguments
    $__octoRoom = $__octo.Room
    $__octoNothing = [System.Management.Automation.Host.ChoiceDescription[]] @('&1')
}
process {
    # Every so many results whoever takes them is waited for. The comma keeps a list that is one result one result.
    if (-not $__octo.HasInput) {
        & $__octoScript @__octoMore | & { process { , $_; if (--$__octoRoom -le 0) { $__octoRoom = $__octo.Room; [void] $Host.UI.PromptForChoice($__octo.Token, '', $__octoNothing, 0) } } }
    }
    elseif ($__octo.IsPiped) {
        , $_ | & $__octoScript @__octoMore | & { process { , $_; if (--$__octoRoom -le 0) { $__octoRoom = $__octo.Room; [void] $Host.UI.PromptForChoice($__octo.Token, '', $__octoNothing, 0) } } }
    }
    else {
        $__octoArguments = if ($__octo.TakesArgument) { @(, $_) + $__octoMore } else { $__octoMore }
        & $__octoScript @__octoArguments | & { process { , $_; if (--$__octoRoom -le 0) { $__octoRoom = $__octo.Room; [void] $Host.UI.PromptForChoice($__octo.Token, '', $__octoNothing, 0) } } }
    }
    $__octo.Token
}
