using System.Runtime.CompilerServices;
using System.Text;
using Nonsmooth.Cli.Shell;
using Nonsmooth.Optimizers;
using Nonsmooth.Settings;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Comparisons;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Cli.Tests;

/// <summary>A setting is declared once: the document, the command line, its help and completion, and the lists have each.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void TheDocumentHasEverySetting()
    {
        string path = Path.Combine(Root(), "docs", "settings.md");
        var text = new StringBuilder("# Settings\n\nWritten from the declarations; `NONSMOOTH_ACCEPT=1` writes it anew when the tests run. What the bits of a run depend on\nis checked when it is resumed.\n");
        Table("Recipes and `train`", TrainingSettings.OfRecipe, new Recipe());
        Table("`train` alone", TrainingSettings.OfRun, new Recipe());
        Table("`compare`", ComparisonOptions.All, null);
        Table("`audit`", [.. AuditOptions.All, .. NetworkSubjectOptions.All], new AuditOptions());
        foreach (var entry in OptimizerRegistry.All.Where(e => e.Defaults.GetType().Assembly == typeof(OptimizerOptions).Assembly))
        {
            Table($"`{entry.Name}`: {entry.Description}", entry.Settings, entry.Defaults);
        }

        if (Environment.GetEnvironmentVariable("NONSMOOTH_ACCEPT") == "1")
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.Equal(File.ReadAllText(path), text.ToString());

        void Table(string title, IEnumerable<Setting> settings, Configuration? defaults)
        {
            text.Append($"\n## {title}\n\n| key | a value | default | what it is |\n| --- | --- | --- | --- |\n");
            foreach (var s in settings)
            {
                string usual = s.Unset ?? (defaults is null ? s.DefaultText : s.Print(defaults)) ?? "none";
                text.Append($"| `{s.Key}` | {s.Expects} | {usual} | {s.Help} |\n");
            }
        }
    }

    [Fact]
    public void HelpHasEverySettingWithItsDefault()
    {
        foreach (var (verb, settings) in new (string, IEnumerable<Setting>)[]
            { ("train", TrainingSettings.All.Where(s => s.Key != "network")), ("compare", ComparisonOptions.All), ("audit", [.. AuditOptions.All, .. NetworkSubjectOptions.All]) })
        {
            string help = string.Join(' ', ToolRun.Of(verb, "--help").Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            Assert.All(settings, s =>
            {
                Assert.Contains($"--{s.Key} ", help, StringComparison.Ordinal);
                Assert.True(s.IsSwitch || help.Contains($"[default: {s.Unset ?? s.DefaultText}]", StringComparison.Ordinal), s.Key);
            });
        }
    }

    [Theory]
    [InlineData("--optimizer", "SGD")]
    [InlineData("--loss-scale", "Dynamic:5")]
    [InlineData("--schedule", "Cosine:0.1")]
    public void NamesMayBeTypedInCapitals(string option, string text) => Assert.Empty(Tool.Root(new ToolContext { Out = TextWriter.Null, Error = TextWriter.Null }).Parse(["train", "lenet5", option, text]).Errors);

    [Theory]
    [InlineData("train lenet5 --precision ", "f32 f16 bf16 f64")]
    [InlineData("train lenet5 --schedule ", "constant cosine linear step wsd")]
    [InlineData("audit lenet5 --init ", "network published fan-in")]
    public void CompletionKnowsTheValues(string line, string names)
    {
        var completed = Tool.Root(new ToolContext { Out = TextWriter.Null, Error = TextWriter.Null }).Parse(line).GetCompletions(line.Length).Select(c => c.Label);
        Assert.All(names.Split(' '), name => Assert.Contains(name, completed));
    }

    [Theory]
    [InlineData("recipes", "keys")]
    [InlineData("optimizers", "optimizers")]
    public void ListsGiveASchemaAsJson(string verb, string property)
    {
        var found = ToolRun.Of(verb, "--json").Json.GetProperty(property).EnumerateArray().First();
        var row = verb == "recipes" ? found : found.GetProperty("settings").EnumerateArray().First();
        Assert.All((string[])["key", "description", "expects", "type"], name => Assert.NotEmpty(row.GetProperty(name).GetString()!));
    }

    private static string Root([CallerFilePath] string caller = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(caller)!, "..", ".."));
}
