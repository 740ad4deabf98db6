using OctoWorkers.Engine.Journal;
using OctoWorkers.Storage.Json;
using OctoWorkers.Storage.Sqlite;

namespace OctoWorkers.Storage.Tables;

/// <summary>What runs wait for people for.</summary>
internal static class InterruptionTable
{
    private const string Whole =
        """
        SELECT i.run, i.number, i.step, i.step_name, i.kind, i.text, i.responsible, i.answers, i.raised, i.assignee, i.answer, i.answered_by, i.answered_name,
            i.notes, i.answered, i.ended, r.runbook_name, r.environment_name, i.target
        FROM interruptions i JOIN runs r ON r.id = i.run
        """;

    internal static IReadOnlyList<Interruption> All(SqliteSession session, InterruptionFilter filter)
        => session.Query(
            $"{Whole} WHERE (?1 IS NULL OR i.run = ?1) AND (?2 = 0 OR (i.ended IS NULL AND i.answer IS NULL)) ORDER BY i.raised, i.run, i.number",
            Read,
            filter.Run?.Number,
            filter.PendingOnly);

    internal static Interruption Get(SqliteSession session, InterruptionId id)
        => session.Query($"{Whole} WHERE i.run = ?1 AND i.number = ?2", Read, id.Run.Number, id.Number) is [Interruption found] ? found
            : throw new OctoWorkersException(
                EngineError.InterruptionNotFound, $"There is no intervention {id}; it never was, or its run was removed. List the interventions to see which there are.", id);

    internal static void Raise(SqliteSession session, RunId run, InterruptionRaised raised)
        => session.Execute(
            "INSERT INTO interruptions (run, number, step, step_name, kind, text, responsible, answers, raised, target) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            run.Number,
            raised.Number,
            raised.Step,
            raised.StepName,
            EnumText<InterruptionKind>.Write(raised.Kind),
            raised.Text,
            TextsJson.Write(raised.Responsible),
            TextsJson.Write(raised.Answers.Select(EnumText<InterruptionAnswer>.Write)),
            raised.At.Stored(),
            raised.Target);

    internal static void End(SqliteSession session, RunId run, int number, DateTimeOffset at)
        => session.Execute("UPDATE interruptions SET ended = ?3 WHERE run = ?1 AND number = ?2 AND ended IS NULL", run.Number, number, at.Stored());

    internal static void EndAll(SqliteSession session, RunId run, DateTimeOffset at)
        => session.Execute("UPDATE interruptions SET ended = ?2 WHERE run = ?1 AND ended IS NULL", run.Number, at.Stored());

    /// <summary>What a run waits for people for: who has taken it, or who may answer.</summary>
    internal static IReadOnlyList<Wait> Waits(SqliteSession session, RunId run)
        => session.Query(
            """
            SELECT number, step, step_name, raised, assignee, responsible, target FROM interruptions
            WHERE run = ?1 AND ended IS NULL AND answer IS NULL ORDER BY number
            """,
            row => new Wait(
                WaitKind.Person,
                $"a person: '{row.GetString(2)}'{(row.OptionalText(6) is { } target ? $" for '{target}'" : "")} ({new InterruptionId(run, row.GetInt32(0))})",
                row.Time(3),
                [.. (row.OptionalText(4) is { } assignee ? [assignee] : TextsJson.Read(row.GetString(5))).Take(Wait.MaxHolders).Select(name => new WaitHolder(name))])
            {
                Step = row.GetInt32(1),
            },
            run.Number);

    internal static Interruption Take(SqliteSession session, InterruptionId id, Person by, bool force, DateTimeOffset at)
    {
        Interruption found = GetOpen(session, id, by);
        if (found.Assignee == by.Username)
        {
            return found;
        }

        if (found.Assignee is not null && !force)
        {
            throw Assigned(found, "Ask for it, or take it by force.");
        }

        session.Execute("UPDATE interruptions SET assignee = ?3 WHERE run = ?1 AND number = ?2", id.Run.Number, id.Number, by.Username);
        string from = found.Assignee is { } before ? $"from {before}" : "";
        AuditTable.Add(session, at, by.Username, AuditAction.InterruptionTaken, id.ToString(), id.Run, from);
        return found with { Assignee = by.Username };
    }

    internal static Interruption Answer(SqliteSession session, InterruptionReply reply, DateTimeOffset at)
    {
        InterruptionId id = reply.Id;
        Interruption found = GetOpen(session, id, reply.By);
        if (!found.Answers.Contains(reply.Answer))
        {
            throw NotAsked(found, reply.Answer);
        }

        if (found.Assignee is { } other && other != reply.By.Username)
        {
            throw Assigned(found, "Ask for it, or take it first ('octoworkers intervention take --force', Lock-RunbookIntervention -Force).");
        }

        session.Execute(
            """
            UPDATE interruptions SET assignee = ?3, answer = ?4, answered_by = ?3, answered_name = ?5, notes = ?6, answered = ?7
            WHERE run = ?1 AND number = ?2
            """,
            id.Run.Number,
            id.Number,
            reply.By.Username,
            EnumText<InterruptionAnswer>.Write(reply.Answer),
            reply.By.DisplayName,
            reply.Notes,
            at.Stored());
        string word = reply.Answer.ToString().ToLowerInvariant();
        AuditTable.Add(
            session, at, reply.By.Username, AuditAction.InterruptionAnswered, id.ToString(), id.Run, reply.Notes.Length == 0 ? word : $"{word}: {reply.Notes}");
        return Get(session, id);
    }

    internal static IReadOnlyList<InterruptionReply> Unheard(SqliteSession session, EngineId owner)
        => session.Query(
            """
            SELECT i.run, i.number, i.answer, i.answered_by, i.answered_name, i.notes FROM interruptions i JOIN runs r ON r.id = i.run
            WHERE i.ended IS NULL AND i.answer IS NOT NULL AND r.owner = ?1 AND r.ended IS NULL ORDER BY i.answered, i.run, i.number
            """,
            static row => new InterruptionReply(
                new(new(row.GetInt64(0)), row.GetInt32(1)), EnumText<InterruptionAnswer>.Read(row.GetString(2)), new(row.GetString(3), row.GetString(4)), row.GetString(5)),
            owner.Value);

    // One that waits for an answer, and that this person may answer.
    private static Interruption GetOpen(SqliteSession session, InterruptionId id, Person by)
    {
        Interruption found = Get(session, id);
        string? over = found.Answer is { } answer ? $"was answered already: {found.AnsweredBy} said {answer.ToString().ToLowerInvariant()} at {found.Answered:u}"
            : found.Ended is not null ? "is over: its run was stopped before anybody answered"
            : session.Scalar("SELECT count(*) FROM cancel_requests WHERE run = ?1", id.Run.Number) > 0 ? $"is over: {id.Run} is being canceled"
            : null;
        if (over is not null)
        {
            throw new OctoWorkersException(EngineError.InterruptionOver, $"{id} {over}. There is nothing to answer any more.", id);
        }

        return found.Responsible.Count == 0 || found.Responsible.Contains(by.Username, StringComparer.Ordinal)
            ? found
            : throw new OctoWorkersException(
                EngineError.NotResponsible,
                $"{by.Username} is not responsible for {id} (step '{found.StepName}'). Only {string.Join(", ", found.Responsible)} may answer; ask one of them.",
                id);
    }

    private static OctoWorkersException Assigned(Interruption found, string remedy)
        => new(EngineError.NotResponsible, $"{found.Assignee} has taken {found.Id} (step '{found.StepName}') and is to answer it. {remedy}", found.Id);

    private static OctoWorkersException NotAsked(Interruption found, InterruptionAnswer answer)
    {
        string word = answer.ToString().ToLowerInvariant();
        string why = found.Kind == InterruptionKind.Manual ? $"{found.Id} is a manual intervention and cannot be answered with {word}"
            : answer == InterruptionAnswer.Ignore ? $"Step '{found.StepName}' is required: its failure ({found.Id}) cannot be ignored"
            : $"{found.Id} is a failure and cannot be answered with {word}";
        return new(EngineError.InvalidArgument, $"{why}. Answer {string.Join(" or ", found.Answers.Select(one => one.ToString().ToLowerInvariant()))}.", found.Id);
    }

    private static Interruption Read(SqliteRow row)
        => new(
            new(new(row.GetInt64(0)), row.GetInt32(1)),
            EnumText<InterruptionKind>.Read(row.GetString(4)),
            row.GetString(16),
            row.GetString(17),
            row.GetInt32(2),
            row.GetString(3),
            row.GetString(5),
            TextsJson.Read(row.GetString(6)),
            [.. TextsJson.Read(row.GetString(7)).Select(EnumText<InterruptionAnswer>.Read)],
            row.Time(8))
        {
            Assignee = row.OptionalText(9),
            Answer = row.OptionalText(10) is { } answer ? EnumText<InterruptionAnswer>.Read(answer) : null,
            AnsweredBy = row.OptionalText(11) is { } who ? new Person(who, row.OptionalText(12) ?? who) : null,
            Notes = row.GetString(13),
            Answered = row.OptionalTime(14),
            Ended = row.OptionalTime(15),
            Target = row.OptionalText(18),
        };
}
