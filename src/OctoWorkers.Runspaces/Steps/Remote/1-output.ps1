# What a session needs to run a step, put there once, before anybody uses it. Lines go through a queue to the host of the one who follows: whoever writes
# waits for nothing but the queue, and what piles up goes as one message. An item is its stream ('O' or 'E') and text. A step that is over soon tells what it wrote with its end.
[Console]::OutputEncoding = [Text.UTF8Encoding]::new($false)
# A script that removes all variables does not remove this one.
$ExecutionContext.SessionState.PSVariable.Set([Management.Automation.PSVariable]::new('__octoworkers', [hashtable]::Synchronized(@{
    Queue = [Collections.Concurrent.BlockingCollection[string]]::new(64)
    # Whether somebody hears what is written; until when it waits for the end of the step; who has this one hands it on.
    IsOpen = $false
    Soon = 0
    Turn = [Threading.AutoResetEvent]::new($false)
    Opened = [Threading.AutoResetEvent]::new($false)
    Hurry = [Threading.AutoResetEvent]::new($false)
    Drained = [Threading.AutoResetEvent]::new($false)
    Rest = ''
    UI = $null
    Watch = $null
    Format = $null
    Body = $null
    Folder = $null
    Above = $null
    Mode = [IO.UnixFileMode]'UserRead, UserWrite, UserExecute'
    # What the step was given, and the names of those that are variables of PowerShell.
    Given = $null
    Published = [Collections.Generic.Dictionary[string, string]]::new([StringComparer]::OrdinalIgnoreCase)
    # Whether the session may wait for another step; whether that would be the next one of its run; whether it does.
    MayWait = $false
    IsKept = $false
    Waits = $false
    Subscribers = $ExecutionContext.Events.Subscribers.Count
    Choices = [Collections.ObjectModel.Collection[Management.Automation.Host.ChoiceDescription]]::new()
}), 'Constant'))

# Between steps nobody hears anything.
$__octoworkers.Send = {
    param([string]$Text, [char]$Kind = 'O')
    $state = $__octoworkers
    if (!$state.IsOpen) { return }
    for ($from = 0; $from -eq 0 -or $from -lt $Text.Length; $from += 16384) {
        $item = $Text.Length -le 16384 ? "$Kind$Text" : $Kind + $Text.Substring($from, [Math]::Min(16384, $Text.Length - $from))
        if ($state.Queue.TryAdd($item)) { continue }
        $null = $state.Hurry.Set()
        $state.Queue.Add($item)
    }
}

# A step begins.
$__octoworkers.Open = {
    $state = $__octoworkers
    $state.Rest = ''
    $state.Soon = [Environment]::TickCount64 + 20
    $null = $state.Hurry.Reset()
    $state.IsOpen = $true
    $null = $state.Turn.Set()
    $null = $state.Opened.Set()
}

# Waits until all that was written has been handed on.
$__octoworkers.Close = {
    $state = $__octoworkers
    $null = $state.Hurry.Set()
    $state.Queue.Add('D')
    $null = $state.Drained.WaitOne()
    $state.IsOpen = $false
}

$__octoworkers.Write = {
    param([char]$Kind, [Text.StringBuilder]$Text)
    $ui = $__octoworkers.UI
    if ($Text.Length -and $ui) { if ($Kind -eq [char]'E') { $ui.WriteErrorLine("$Text") } else { $ui.Write("$Text") } }
    $null = $Text.Clear()
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
        $isWhole = $false
    }
    process {
        $item = $_
        if ($item -is [string]) {
            if ($state.Format) { & $state.EndFormat }
            if ($item.Length -le 16384) { if (!$queue.TryAdd("O$item`n")) { & $state.Send "$item`n" } }
            elseif ($item.Length -le 268435456) { & $state.Send "$item`n" }
            else { throw [InvalidOperationException]::new("The script wrote a text of $($item.Length) characters at once; 268435456 is the most. Write it to a file, and keep that with New-OctopusArtifact.") }
            return
        }
        if ($null -eq $item) { return }
        if ($item -is [int] -or $item -is [bool] -or $item -is [long]) {
            if ($state.Format) { & $state.EndFormat }
            if (!$queue.TryAdd("O$item`n")) { & $state.Send "$item`n" }
            return
        }
        if ($item -is [Management.Automation.ErrorRecord]) {
            & $state.EndFormat
            if ($item.FullyQualifiedErrorId -like 'NativeCommandError*') { & $state.Send "$($item.TargetObject ?? $item.Exception.Message)`n" 'E' }
            else { foreach ($text in & $state.ErrorText $item) { & $state.Send "$text`n" 'E' } }
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
    end { $isWhole = $true }
    # The script's own 'clean' has run by then. However the script ended: nothing that it wrote is under way any more when this has run. A 'finally' around the script would change what its
    # errors do.
    clean {
        if (!$state.IsOpen) { return }
        if ($state.Format) { & $state.EndFormat }
        if (!$isWhole -or !$state.Turn.WaitOne(0)) {
            & $state.Close
            return
        }
        # It is over soon: nobody else has begun to hand on what it wrote.
        $state.IsOpen = $false
        $text = [Text.StringBuilder]::new()
        $item = $null
        $last = [char]'O'
        while ($queue.TryTake([ref]$item)) {
            if ($item[0] -ne $last -or $text.Length -gt 16384) {
                & $state.Write $last $text
                $last = $item[0]
            }
            $null = $text.Append($item, 1, $item.Length - 1)
        }
        if ($last -eq [char]'O' -and $text.Length -le 16384) { $state.Rest = "$text" } else { & $state.Write $last $text }
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
    $isLong = $false
    while ($true) {
        if (!$isLong) {
            # What a step writes that is over soon is not handed on here.
            $null = $State.Opened.WaitOne()
            while (($left = $State.Soon - [Environment]::TickCount64) -gt 0 -and !$State.Hurry.WaitOne([int]$left)) { }
            $isLong = $State.Turn.WaitOne(0)
            continue
        }
        if (!$isHeld) { $item = $State.Queue.Take() }
        $isHeld = $false
        $kind = $item[0]
        if ($kind -eq [char]'D') {
            $isLong = $false
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
