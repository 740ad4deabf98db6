using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using OctoWorkers.Engine.Templates;
using Xunit;

namespace OctoWorkers.Engine.Tests.Templates.Conformance;

public sealed class ConformanceTests
{
    private static readonly IReadOnlyList<ConformanceExample> Examples = Read();

    public static TheoryData<int, string> Cases => [.. Examples.Select((example, i) => (i, $"{example.Name}: {example.Template}"))];

    [Fact]
    public void GivenTheExamples_WhenCounted_ThenNoneIsMissing() => Assert.Equal(415, Examples.Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public void GivenExample_WhenEvaluated_ThenTheTextIsTheExpectedOne(int index, string name)
    {
        ConformanceExample example = Examples[index];
        string text = Template.Parse(example.Template).Evaluate(new TemplateValues(example.Variables)).Text;
        Assert.Equal(name, $"{example.Name}: {example.Template}");
        Assert.Equal(example.Expected, example.Trim ? text.Trim() : text);
    }

    private static IReadOnlyList<ConformanceExample> Read()
    {
        using Stream stream = typeof(ConformanceTests).Assembly.GetManifestResourceStream("templates/conformance.json")!;
        using JsonTextReader reader = new(new StreamReader(stream)) { DateParseHandling = DateParseHandling.None };
        return
        [
            .. JArray.Load(reader).Cast<JObject>().Select(example => new ConformanceExample(
                (string)example["name"]!,
                (string)example["template"]!,
                [.. ((JObject)example["variables"]!).Properties().Select(variable => KeyValuePair.Create(variable.Name, (string)variable.Value!))],
                (string)example["expected"]!,
                (bool?)example["trim"] ?? false)),
        ];
    }
}
