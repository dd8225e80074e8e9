using Nonsmooth.Cli.Documents;
using Nonsmooth.Cli.Kinks;
using Nonsmooth.Cli.Quickstart;
using Nonsmooth.Cli.Verbs;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Shell;

/// <summary>Every page fits a terminal of 60, 80 and 120 columns. At 80 the texts are those of <see cref="GoldenTests"/>.</summary>
[Collection("libtorch")]
[Trait("Speed", "Slow")]
public sealed class WidthTests
{
    private const string _mlp = "mlp:784-6-10 --train-count 64 --test-count 16";

    private static readonly int[] _widths = [60, 80, 120];

    /// <summary>Pages that are the same on every machine.</summary>
    public static TheoryData<string, string> Kept
    {
        get
        {
            var kept = new TheoryData<string, string> { { "help", "--help" } };
            foreach (string verb in Verb.Names)
            {
                kept.Add($"help-{verb}", $"{verb} --help");
            }

            foreach (string line in (string[])
                [
                    "reproduce", "kinks lenet5", "networks", "datasets", "recipes",
                    "optimizers", "solutions", "models", "models --operators", "cost mlp:4-8-3 --batch 1", "cost lenet5 --jacobian logits", "cost equilibrium:64",
                    "compare mlp:784-6-10 --train-count 240 --dry-run",
                ])
            {
                kept.Add(line.Replace(" --", "-", StringComparison.Ordinal).Replace(' ', '-').Replace(':', '-'), line);
            }

            return kept;
        }
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void PagesFitAndAreTheKeptOnes(string name, string line)
    {
        foreach (int width in _widths)
        {
            Golden.Check($"{width}/{name}", Fitting(width, Environment.CurrentDirectory, line.Split(' ')));
        }
    }

    /// <summary>Pages that take a while to make: once for all widths.</summary>
    [Fact]
    public void TheCatalogueOfKinksFitsAndIsTheKeptOne()
    {
        foreach (var (name, document) in new[] { ("kinks", KinkDocument.Of(KinkCatalogue.Make())), ("kinks-next", CatalogueDocument.Of(KinkDiff.Between("libtorch-2.10", "libtorch-2.14"))) })
        {
            foreach (int width in _widths)
            {
                Golden.Check($"{width}/{name}", Page(document, width));
            }
        }
    }

    /// <summary>Pages with times and machines on them.</summary>
    [Theory]
    [InlineData($"train {_mlp} --epochs 1 --threads 1")]
    [InlineData("compare mlp:784-6-10 --train-count 120 --test-count 16 --epochs 1 --set batch=12 --threads 1 --trials 2 --seeds 2 --evaluations 2 --optimizers adamw,sgd")]
    [InlineData($"audit {_mlp} --batch 8 --draws 1 --batches 1 --training-steps 0 --precision f32")]
    [InlineData("diverge mlp:784-6-10 --batch 4 --against f16")]
    [InlineData("cluster --processes 1")]
    [InlineData("version")]
    [InlineData("check --engine libtorch --functions relu --formats f32")]
    public void PagesOfWorkFit(string line) => Assert.All(_widths, width => Fitting(width, Environment.CurrentDirectory, line.Split(' ')));

    [Fact]
    public void PagesOfFilesFit()
    {
        using var folder = new TemporaryFolder();
        ToolRun.In(folder.Path, "export", "mlp:784-6-10", "m.onnx", "--batch", "2");
        Nonsmooth.Data.Arrays.Numpy.Write(folder.File("in.npz"), [new("in.x", Nonsmooth.Data.Arrays.StoredTensor.Of<float>(new float[2 * 784], 2, 784, 1, 1))]);
        foreach (string seed in (string[])["1", "2"])
        {
            ToolRun.In(folder.Path, [.. $"train {_mlp} --epochs 1 --threads 1 --telemetry 1 --seed {seed} --out run{seed}".Split(' ')]);
        }

        foreach (int width in _widths)
        {
            Fitting(width, folder.Path, "report", "run1");
            Fitting(width, folder.Path, "report", "run1", "run2");
            Fitting(width, folder.Path, "export", "mlp:784-6-10", "again.onnx");
            Fitting(width, folder.Path, "run", "m.onnx", "--inputs", "in.npz", "--gradient");
            Fitting(width, folder.Path, "verify", "m.onnx", "--against", "in.npz");
        }
    }

    [Fact]
    public void TheQuickstartFits()
    {
        using var folder = new TemporaryFolder();
        var context = new ToolContext { Out = TextWriter.Null, Error = TextWriter.Null };
        var document = QuickstartDocument.Of(new QuickstartRun { Seed = 0, Folder = folder.Path, TrainCount = 192, TestCount = 32, Epochs = 1 }.Do(context, _ => { }));
        foreach (int width in _widths)
        {
            Page(document, width);
        }
    }

    private static string Page(Document document, int width)
    {
        using var page = new StringWriter { NewLine = "\n" };
        new TerminalWriter(page, terminal: false, width).Write(document);
        Fits(page.ToString(), width);
        return page.ToString();
    }

    private static string Fitting(int width, string folder, params string[] arguments)
    {
        var run = ToolRun.With(context => context with { Width = width, Folder = folder }, arguments);
        Assert.True(run.Out.Length > 0, run.Error);
        Fits(run.Out, width);
        return run.Out;
    }

    // A word that is longer than a line, as a path, stays whole.
    private static void Fits(string page, int width)
    {
        var beyond = page.Split('\n').Where(line => line.Length > width && line.Trim(' ', '\\').Contains(' ', StringComparison.Ordinal)).ToList();
        Assert.True(beyond.Count == 0, $"beyond {width} columns: {string.Join(" | ", beyond)}");
    }
}
