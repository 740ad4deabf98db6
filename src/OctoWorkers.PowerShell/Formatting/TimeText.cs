using System.Globalization;
using OctoWorkers.PowerShell.Selection;

namespace OctoWorkers.PowerShell.Formatting;

/// <summary>Times and lengths of time as people read them. For the views of the module.</summary>
public static class TimeText
{
    /// <summary>How long something took, or has taken until now: <c>77 ms</c>, <c>1.2 s</c>, <c>3 min 4 s</c>, <c>2 h 5 min</c>; empty before it began.</summary>
    /// <param name="started">When it began, a time or what became of one in a file; null before that.</param>
    /// <param name="ended">When it ended; null while it goes on.</param>
    public static string Took(object? started, object? ended)
        => Deserialized.Time(started) is { } from ? Length((Deserialized.Time(ended) ?? TimeProvider.System.GetUtcNow()) - from) : "";

    /// <summary>How long ago something was: <c>12 s ago</c>, <c>3 d ago</c>; empty when it never was.</summary>
    /// <param name="at">When it was, a time or what became of one in a file; null: never.</param>
    public static string Age(object? at)
    {
        if (Deserialized.Time(at) is not { } then)
        {
            return "";
        }

        TimeSpan age = TimeProvider.System.GetUtcNow() - then;
        return age switch
        {
            { TotalSeconds: < 1 } => "now",
            { TotalMinutes: < 1 } => Ago(age.TotalSeconds, "s"),
            { TotalHours: < 1 } => Ago(age.TotalMinutes, "min"),
            { TotalDays: < 1 } => Ago(age.TotalHours, "h"),
            _ => Ago(age.TotalDays, "d"),
        };
    }

    /// <summary>A time of day here, with milliseconds.</summary>
    /// <param name="at">The time, or what became of one in a file.</param>
    public static string Clock(object? at) => Deserialized.Time(at)?.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture) ?? "";

    private static string Ago(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(number):0} {unit} ago");

    private static string Length(TimeSpan time) => time switch
    {
        { Ticks: <= 0 } => "0 ms",
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalHours):0} h {time.Minutes} min"),
    };
}
