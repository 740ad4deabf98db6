namespace OctoWorkers.Storage.Sqlite;

/// <summary>
/// Owns the one connection that writes. Whoever comes while nobody writes does its work at once, on its own thread; operations that have to wait meanwhile share a
/// transaction (group commit), each in a savepoint, so that one that throws is undone alone.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MaxGroup = 128;

    private readonly SqliteSession session;
    private readonly string path;
    private readonly Action committed;
    private readonly SqliteCheckpointer checkpointer;
    private readonly Lock gate = new();
    private readonly Queue<WriteOperation> waiting = [];
    private readonly TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool isReadOnly;
    private bool isBusy;
    private bool isClosed;
    private bool syncsEachCommit;

    /// <summary>Makes it.</summary>
    /// <param name="session">The connection, owned from now on; its <c>synchronous</c> is NORMAL.</param>
    /// <param name="checkpointer">Owned from now on.</param>
    /// <param name="path">The store's file, for messages.</param>
    /// <param name="committed">Called after each transaction.</param>
    internal SqliteWriter(SqliteSession session, SqliteCheckpointer checkpointer, string path, Action committed)
    {
        this.checkpointer = checkpointer;
        this.session = session;
        this.path = path;
        this.committed = committed;
        isReadOnly = session.IsReadOnly;
    }

    /// <summary>Does work in a transaction.</summary>
    /// <param name="work">The work; it may be repeated, each time on a state without its earlier effects.</param>
    /// <param name="survivesPowerLoss">Whether the commit waits for the disk.</param>
    /// <param name="cancellationToken">Gives up before the work begins.</param>
    internal Task<T> WriteAsync<T>(Func<SqliteSession, T> work, bool survivesPowerLoss, CancellationToken cancellationToken)
    {
        if (isReadOnly)
        {
            return Task.FromException<T>(new OctoWorkersException(
                EngineError.StoreReadOnly,
                $"The store '{path}' cannot be written. Give this user the right to write the file and its folder, or use another store.",
                path));
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        ResultOperation<T> operation = new(work) { SurvivesPowerLoss = survivesPowerLoss };
        lock (gate)
        {
            if (isClosed)
            {
                return Task.FromException<T>(new ObjectDisposedException(nameof(SqliteStore)));
            }

            if (isBusy)
            {
                operation.GiveUpWith(cancellationToken);
                waiting.Enqueue(operation);
                return operation.Task;
            }

            isBusy = true;
        }

        CommitAlone(operation);
        if (!Leave())
        {
            // Who came meanwhile is not this caller's to wait for.
            ThreadPool.UnsafeQueueUserWorkItem(static self => self.CommitWaiting(), this, preferLocal: false);
        }

        return operation.Task;
    }

    /// <summary>Ends when everything that was accepted has been done.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            isClosed = true;
            if (!isBusy)
            {
                idle.TrySetResult();
            }
        }

        await idle.Task.ConfigureAwait(false);
        await checkpointer.DisposeAsync().ConfigureAwait(false);
        session.Dispose();
    }

    // Does what waits, until nothing does.
    private void CommitWaiting()
    {
        List<WriteOperation> group = [];
        do
        {
            group.Clear();
            lock (gate)
            {
                while (group.Count < MaxGroup && waiting.TryDequeue(out WriteOperation? operation))
                {
                    group.Add(operation);
                }
            }

            if (group.Count == 1 || !TryCommitTogether(group))
            {
                group.ForEach(CommitAlone);
            }
        }
        while (!Leave());
    }

    // False when somebody waits: then it is still busy.
    private bool Leave()
    {
        lock (gate)
        {
            isBusy = waiting.Count > 0;
            if (!isBusy && isClosed)
            {
                idle.TrySetResult();
            }

            return !isBusy;
        }
    }

    private void CommitAlone(WriteOperation operation)
    {
        if (!operation.TryStart())
        {
            return;
        }

        try
        {
            Begin(operation.SurvivesPowerLoss);
            operation.Work(session);
            session.Execute("COMMIT");
        }
        catch (Exception exception)
        {
            Fail(operation, exception);
            return;
        }

        Committed();
        operation.Complete();
    }

    /// <returns>False when the shared transaction was lost: nothing of it is stored, and nobody was told anything yet.</returns>
    private bool TryCommitTogether(List<WriteOperation> group)
    {
        List<WriteOperation> done = [];
        List<(WriteOperation Operation, Exception Exception)> failed = [];
        try
        {
            Begin(group.Exists(operation => operation.SurvivesPowerLoss));
        }
        catch (Exception exception)
        {
            // Waiting for a locked store once is enough for all of them.
            group.ForEach(operation => Fail(operation, exception));
            return true;
        }

        try
        {
            foreach (WriteOperation operation in group.Where(operation => operation.TryStart()))
            {
                session.Execute("SAVEPOINT operation");
                try
                {
                    operation.Work(session);
                    done.Add(operation);
                }
                catch (Exception exception) when (session.InTransaction)
                {
                    failed.Add((operation, exception));
                    session.Execute("ROLLBACK TO operation");
                }

                session.Execute("RELEASE operation");
            }

            session.Execute("COMMIT");
        }
        catch (Exception)
        {
            // One after another they meet the same error again, and each caller gets the one that is its own.
            session.RollBack();
            return false;
        }

        Committed();
        done.ForEach(operation => operation.Complete());
        failed.ForEach(failure => failure.Operation.Fail(SqliteFailure.Translate(failure.Exception, path)));
        return true;
    }

    private void Committed()
    {
        committed();
        checkpointer.Note(session.PagesWritten);
    }

    private void Begin(bool survivesPowerLoss)
    {
        if (survivesPowerLoss != syncsEachCommit)
        {
            session.Execute(survivesPowerLoss ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            syncsEachCommit = survivesPowerLoss;
        }

        session.Execute("BEGIN IMMEDIATE");
    }

    private void Fail(WriteOperation operation, Exception exception)
    {
        try
        {
            session.RollBack();
        }
        catch (Exception second)
        {
            exception = new AggregateException(exception, second);
        }

        operation.Fail(SqliteFailure.Translate(exception, path));
    }
}
