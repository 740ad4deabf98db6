# What a session needs to run a step, put there once, before anybody uses it. Lines go through a queue to the host of the one who follows: whoever writes
# waits for nothing but the queue, and what piles up goes as one message. An item is its stream ('O' or 'E') and text.
[Console]::OutputEncoding = [Text.UTF8Encoding]::new($false)
$global:__octoworkers = [hashtable]::Synchronized(@{
    Queue = [Collections.Concurrent.BlockingCollection[string]]::new(64)
    Drained = [Threading.AutoResetEvent]::new($false)
    UI = $null
    Watch = $null
    Format = $null
    Body = $null
    Folder = $null
    Above = $null
    MayWait = $false
    Subscribers = $ExecutionContext.Events.Subscribers.Count
    Choices = [Collections.ObjectModel.Collection[Management.Automation.Host.ChoiceDescription]]::new()
})

$__octoworkers.Send = {
    param([string]$Text)
    $queue = $__octoworkers.Queue
    for ($from = 0; $from + 16384 -lt $Text.Length; $from += 16384) { $queue.Add('O' + $Text.Substring($from, 16384)) }
    $queue.Add($(if ($from) { 'O' + $Text.Substring($from) } else { "O$Text" }))
}

# Ends a table or list that is being written: what comes next does not belong to it.
$__octoworkers.EndFormat = {
    if ($format = $__octoworkers.Format) {
        $__octoworkers.Format = $null
        foreach ($line in $format.End()) { & $__octoworkers.Send "$line`n" }
        $format.Dispose()
    }
}

function Write-OctopusLine([string]$Text) {
    & $__octoworkers.EndFormat
    & $__octoworkers.Send "$Text`n"
}

# An error as PowerShell writes it, and where it came from, as far as that is the script's.
$__octoworkers.ErrorText = {
    param($Record)
    if ($Record -is [Exception] -and $Record.ErrorRecord) { $Record = $Record.ErrorRecord }
    ($Record | Out-String -Width 160).TrimEnd()
    foreach ($place in "$($Record.ScriptStackTrace)".Split("`n")) { if ($place -and !$place.Contains('<No file>')) { $place } }
}

$__octoworkers.Render = {
    begin {
        $state = $__octoworkers
        $queue = $state.Queue
    }
    process {
        $item = $_
        if ($item -is [string]) {
            if ($state.Format) { & $state.EndFormat }
            if ($item.Length -le 16384) { $queue.Add("O$item`n") }
            elseif ($item.Length -le 268435456) { & $state.Send "$item`n" }
            else { throw [InvalidOperationException]::new("The script wrote a text of $($item.Length) characters at once; 268435456 is the most. Write it to a file, and keep that with New-OctopusArtifact.") }
            return
        }
        if ($null -eq $item) { return }
        if ($item -is [int] -or $item -is [bool] -or $item -is [long]) {
            if ($state.Format) { & $state.EndFormat }
            $queue.Add("O$item`n")
            return
        }
        if ($item -is [Management.Automation.ErrorRecord]) {
            & $state.EndFormat
            if ($item.FullyQualifiedErrorId -like 'NativeCommandError*') { $queue.Add("E$($item.TargetObject ?? $item.Exception.Message)`n") }
            else { foreach ($text in & $state.ErrorText $item) { $queue.Add("E$text`n") } }
        }
        elseif ($item -is [Management.Automation.WarningRecord]) { Write-OctopusLevel warning $item.Message }
        elseif ($item -is [Management.Automation.InformationRecord]) {
            $data = $item.MessageData
            if ($data -is [Management.Automation.HostInformationMessage]) {
                & $state.EndFormat
                & $state.Send ($data.NoNewLine ? $data.Message : "$($data.Message)`n")
            }
            elseif ($InformationPreference -in 'Continue', 'Inquire') { Write-OctopusLine "$data" }
            else { Write-OctopusLevel verbose "$data" }
        }
        elseif ($item -is [Management.Automation.VerboseRecord] -or $item -is [Management.Automation.DebugRecord]) { Write-OctopusLevel verbose $item.Message }
        else {
            if (!$state.Format) {
                $state.Format = { Out-String -Stream -Width 160 }.GetSteppablePipeline()
                $state.Format.Begin($true)
            }
            foreach ($line in $state.Format.Process($item)) { & $state.Send "$line`n" }
        }
    }
    # However the script ended: nothing that it wrote is under way any more when this has run. A 'finally' around the script would change what its errors do.
    clean {
        & $state.EndFormat
        $queue.Add('D')
        $null = $state.Drained.WaitOne()
    }
}

$__octoworkersPump = [powershell]::Create([Management.Automation.Runspaces.InitialSessionState]::Create())
$__octoworkersPump.Runspace.SessionStateProxy.LanguageMode = 'FullLanguage'
$null = $__octoworkersPump.AddScript({
    param($State)
    $text = [Text.StringBuilder]::new()
    $item = $null
    $isHeld = $false
    $sent = 0
    while ($true) {
        if (!$isHeld) { $item = $State.Queue.Take() }
        $isHeld = $false
        $kind = $item[0]
        if ($kind -eq [char]'D') {
            $null = $State.Drained.Set()
            continue
        }
        $null = $text.Clear().Append($item, 1, $item.Length - 1)
        while ($text.Length -lt 32768 -and $State.Queue.TryTake([ref]$item)) {
            if ($item[0] -ne $kind) {
                $isHeld = $true
                break
            }
            $null = $text.Append($item, 1, $item.Length - 1)
        }
        $ui = $State.UI
        if ($null -eq $ui) { continue }
        if ($kind -eq [char]'E') { $ui.WriteErrorLine($text.ToString()) } else { $ui.Write($text.ToString()) }
        $sent += $text.Length
        if ($sent -ge 262144) {
            $sent = 0
            while ($ui.PromptForChoice('octoworkers', 'taken', $State.Choices, 0) -ne 0) { [Threading.Thread]::Sleep(20) }
        }
    }
}).AddArgument($__octoworkers)
$null = $__octoworkersPump.BeginInvoke()
