using System.Xml;
using OctoWorkers.HelpBuilder.Commands;
using OctoWorkers.HelpBuilder.Writing;
using OctoWorkers.HelpBuilder.Pages;

if (args.Length < 3)
{
    Console.Error.WriteLine("Usage: OctoWorkers.HelpBuilder ASSEMBLY PAGES-FOLDER HELP-FILE [REFERENCED-ASSEMBLY ...]");
    return 2;
}

(string assembly, string folder, string target) = (args[0], args[1], args[2]);
using CommandReader reader = new(assembly, args[3..]);
IReadOnlyList<CommandFacts> commands = reader.Read();
List<PageProblem> problems = [];
HelpPage[] pages =
[
    .. Directory.EnumerateFiles(folder, "*-*.md").Order(StringComparer.Ordinal).Select(path => PageReader.Read(path, File.ReadAllText(path), problems)),
];
problems.AddRange(PageCheck.Check(commands, pages, folder));
foreach (PageProblem problem in problems)
{
    // In the form that MSBuild takes for its own.
    Console.Error.WriteLine($"{Path.GetFullPath(problem.Path)}: error OWHELP: {problem.Message}");
}

if (problems.Count > 0)
{
    return 1;
}

Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
using XmlWriter writer = XmlWriter.Create(target, new() { Indent = true, NewLineChars = "\n" });
MamlWriter.Write(commands, pages).Save(writer);
return 0;
