using OctoWorkers.Engine.Transports;
using OctoWorkers.Runspaces.Hosting;
using OctoWorkers.Runspaces.Sessions;
using OctoWorkers.TestKit.Processes;
using OctoWorkers.TestKit.Secrets;
using Xunit;

namespace OctoWorkers.Runspaces.Tests.Sessions;

/// <summary>Sessions in PowerShell processes of this machine that their users give back.</summary>
public sealed class ReturnedSessionTests : IAsyncLifetime
{
    private static readonly MachineName Worker = new("here", IsTarget: false);
    private static readonly Task<bool> Whole = Task.FromResult(true);
    private readonly HandTime _time = new();
    private readonly SessionOpener _opener = new(new PlainProtector());
    private SessionPool? _pool;
    private int _opened;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        if (PowerShellProgram.Path is null)
        {
            Assert.Skip("there is no pwsh on the PATH");
        }

        InstalledPowerShell.Require(Worker);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _pool?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task GivenASessionThatIsAsItWas_WhenItComesBack_ThenTheNextGetsItAndNoneIsOpened()
    {
        SessionPool pool = Pool();
        WorkerSession first = await RentAsync(pool);
        await RunAsync(first, "& { $mine = 1; Get-Date; 1 / 1; & /bin/sh -c 'exit 3'; Get-ChildItem / }");

        // It is not there yet, and whoever comes waits for it.
        TaskCompletionSource<bool> whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await pool.Returns.TakeBackAsync(SessionUse.Command, first, whole.Task);
        Task<WorkerSession> second = RentAsync(pool);
        Assert.False(second.IsCompleted);
        whole.SetResult(true);

        Assert.Same(first, await second);
        await pool.Returns.TakeBackAsync(SessionUse.Command, first, Whole);
        await Eventually.HoldsAsync(() => pool.Spares == 1, "it waits for a user", Stop);
        _time.Turn(LoadClock.QuietTime);
        Assert.Equal((1, 1), (pool.Count, _opened));
    }

    [Fact]
    public async Task GivenSessionsThatAreNotAsTheyWere_WhenTheyComeBack_ThenTheyAreClosedAndNobodyGetsThem()
    {
        string[] changes =
        [
            "$global:mine = 1",
            "function global:Get-Mine { 1 }",
            "function global:prompt { 'mine' }",
            "Set-Alias -Scope Global mine Get-Date",
            "Set-Location /tmp",
            "[Environment]::CurrentDirectory = '/tmp'",
            "Push-Location",
            "$global:ErrorActionPreference = 'Stop'",
            "$PSDefaultParameterValues['Get-Date:Year'] = 1999",
            "$env:MINE = 1",
            "class Mine { }; [Mine]::new()",
            "$null = New-PSDrive -Name Mine -PSProvider FileSystem -Root / -Scope Global",
            "New-Module -Name Mine { } | Import-Module -Global",
            "$null = Register-EngineEvent -SourceIdentifier Mine -Action { }",
            "[cultureinfo]::DefaultThreadCurrentCulture = 'de-DE'",
            "$null = Start-Job { Start-Sleep 60 }",
            "$null = New-Event -SourceIdentifier Mine",
            "$ExecutionContext.InvokeCommand.CommandNotFoundAction = { }",
            "$PSStyle.OutputRendering = 'Ansi'",
            "& { $large = [byte[]]::new(500MB); [Array]::Fill($large, [byte] 1); [AppDomain]::CurrentDomain.SetData('large', $large) }",
            "$null = [Diagnostics.Process]::Start('/bin/sleep', '10')",
        ];
        SessionPool pool = Pool();
        foreach (string change in changes)
        {
            WorkerSession session = await RentAsync(pool);
            await RunAsync(session, change);
            await pool.Returns.TakeBackAsync(SessionUse.Command, session, Whole);

            await Eventually.HoldsAsync(() => session.IsBroken, $"what has done '{change}' is closed", Stop);
        }
    }

    [Fact]
    public async Task GivenASessionWhoseUseDidNotEndByItself_WhenItComesBack_ThenItIsClosed()
    {
        SessionPool pool = Pool();
        WorkerSession first = await RentAsync(pool);

        await pool.Returns.TakeBackAsync(SessionUse.Command, first, Task.FromResult(false));

        await Eventually.HoldsAsync(() => first.IsBroken, "it is closed", Stop);
    }

    [Fact]
    public async Task GivenASessionWhoseUseFailsToEnd_WhenItComesBack_ThenItIsClosed()
    {
        SessionPool pool = Pool();
        WorkerSession first = await RentAsync(pool);

        await pool.Returns.TakeBackAsync(SessionUse.Command, first, Task.FromException<bool>(new InvalidOperationException()));

        await Eventually.HoldsAsync(() => first.IsBroken, "it is closed", Stop);
        Assert.NotSame(first, await RentAsync(pool));
    }

    [Fact]
    public async Task GivenSomebodyWhoWaitsForASessionToComeBack_WhenThePoolIsClosed_ThenHeIsTold()
    {
        SessionPool pool = Pool(most: 1);
        TaskCompletionSource<bool> whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await pool.Returns.TakeBackAsync(SessionUse.Command, await RentAsync(pool), whole.Task);
        Task<WorkerSession> waiting = RentAsync(pool);

        Task closing = pool.DisposeAsync().AsTask();
        whole.SetResult(true);
        await closing;
        _pool = null;

        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Equal(0, pool.Count);
    }

    [Fact]
    public async Task GivenSomebodyWhoWaitsLongForASessionToComeBack_WhenHeHasIt_ThenTheBurstEnds()
    {
        SessionPool pool = Pool();
        TaskCompletionSource<bool> whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await pool.Returns.TakeBackAsync(SessionUse.Command, await RentAsync(pool), whole.Task);
        Task<WorkerSession> waiting = RentAsync(pool);
        _time.Turn(LoadClock.QuietTime);
        whole.SetResult(true);
        await waiting;

        pool.Expect(SessionUse.Step);
        Assert.Equal(1, _opened);
        _time.Turn(LoadClock.QuietTime);

        await Eventually.HoldsAsync(() => pool.Spares == 1, "what is expected is opened when the burst is over", Stop);
    }

    [Fact]
    public async Task GivenASessionThatIsLookedAt_WhenSomebodyNeedsAnUnusedOne_ThenHeDoesNotWaitForThat()
    {
        SessionPool pool = Pool();
        TaskCompletionSource<bool> whole = new(TaskCreationOptions.RunContinuationsAsynchronously);
        WorkerSession first = await RentAsync(pool);
        await pool.Returns.TakeBackAsync(SessionUse.Command, first, whole.Task);

        WorkerSession second = await pool.RentAsync(SessionUse.Command, isUnused: true, Stop);

        Assert.NotSame(first, second);
        whole.SetResult(true);
    }

    [Fact]
    public async Task GivenASessionThatWasUsed_WhenSomebodyNeedsAnUnusedOne_ThenItMakesRoomForOne()
    {
        SessionPool pool = Pool(most: 1);
        WorkerSession first = await RentAsync(pool);
        await pool.Returns.TakeBackAsync(SessionUse.Command, first, Whole);
        await Eventually.HoldsAsync(() => pool.Spares == 1, "it waits for a user", Stop);

        WorkerSession second = await pool.RentAsync(SessionUse.Command, isUnused: true, Stop);

        Assert.NotSame(first, second);
        Assert.True(first.IsBroken);
    }

    [Fact]
    public async Task GivenASessionThatWasUsed_WhenWindowsPassWithoutUse_ThenItIsClosed()
    {
        SessionPool pool = Pool();
        await pool.Returns.TakeBackAsync(SessionUse.Command, await RentAsync(pool), Whole);
        await Eventually.HoldsAsync(() => pool.Spares == 1, "it waits for a user", Stop);

        _time.Turn(LoadClock.Window);
        Assert.Equal(1, pool.Spares);
        _time.Turn(LoadClock.Window);

        await Eventually.HoldsAsync(() => pool.Count == 0, "it is closed", Stop);
        Assert.Equal(1, _opened);
    }

    private SessionPool Pool(int most = 20) => _pool = new(most, OpenAsync, _time);

    private async Task<WorkerSession> OpenAsync(SessionUse use, Action closed, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _opened);
        OpenedRunspace opened = await _opener.OpenAsync(Worker.Name, new(new LocalConnection()), use, null, cancellationToken);
        return await SessionWarmUp.RunAsync(Worker, opened, use, closed, cancellationToken);
    }

    private static Task<WorkerSession> RentAsync(SessionPool pool) => pool.RentAsync(SessionUse.Command, isUnused: false, Stop);

    private static async Task RunAsync(WorkerSession session, string script) => await RemoteCall.InvokeAsync(session.Runspace, script, [], Stop);
}
