namespace OctoWorkers.Engine.Runs;

/// <summary>Who this process acts for.</summary>
internal static class OperatingSystemUser
{
    private const string Accounts = "/etc/passwd";
    private const int CommentField = 4;

    /// <summary>The user, with the full name of the account where the machine knows one.</summary>
    public static Person Current { get; } = Find(Environment.UserName);

    private static Person Find(string name)
    {
        try
        {
            string? comment = File.ReadLines(Accounts).Select(line => line.Split(':'))
                .FirstOrDefault(fields => fields.Length > CommentField && fields[0] == name)?[CommentField].Split(',')[0].Trim();
            return new(name, EntityName.Problem(comment) is null ? comment! : name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A machine without that file knows its users otherwise; the user's name will do.
            return new(name, name);
        }
    }
}
