using Nonsmooth.Data.Arrays;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.ModelFiles;

/// <summary>A file in ONNX is a model of every verb.</summary>
public sealed class ModelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ModelFileTests()
    {
        Assert.Equal(0, Run("export", "mlp:4-8-3", "m.onnx", "--batch", "5", "--check").ExitCode);
        float[] x = [.. Enumerable.Range(0, 20).Select(i => (float)Math.Sin(i * 1.7))];
        Numpy.Write(_folder.File("in.npz"), new Dictionary<string, StoredTensor> { ["in.x"] = StoredTensor.Of<float>(x, 5, 4, 1, 1), ["labels"] = StoredTensor.Of<long>([0, 1, 2, 1, 0], 5) });
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AnExportedGradientIsOnnxRuntimesToo()
    {
        var run = Run("export", "m.onnx", "g.onnx", "--gradient", "--check", "--json");
        Assert.True(run.ExitCode == 0, run.Out + run.Error);
        Assert.InRange(run.Json.GetProperty("worst").GetDouble(), 0, 1e-4);
    }

    [Fact]
    public void RunGivesOutputsLossAndGradients()
    {
        var run = Run("run", "m.onnx", "--inputs", "in.npz", "--out", "out.npz", "--gradient", "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        var arrays = Numpy.Read(_folder.File("out.npz"));
        double loss = arrays["logits"].ToDoubles().Sum(y => y * y);
        Assert.Equal(loss, arrays["loss"].ToDoubles()[0], 1e-12);
        Assert.Equal(loss, run.Json.GetProperty("lossValue").GetDouble(), 1e-12);

        // The gradient in the last bias is twice the sum of the outputs over the batch.
        double[] expected = [.. Enumerable.Range(0, 3).Select(c => 2 * Enumerable.Range(0, 5).Sum(n => arrays["logits"].ToDoubles()[(n * 3) + c]))];
        string bias = arrays.Keys.Last(k => k.EndsWith(".bias", StringComparison.Ordinal));
        Assert.All(expected.Zip(arrays[bias].ToDoubles()), p => Assert.Equal(p.First, p.Second, 1e-9));
    }

    [Fact]
    public void ALossWithATargetIsOfTheArrayThatIsNamed()
    {
        var run = Run("run", "m.onnx", "--inputs", "in.npz", "--loss", "cross-entropy", "--target", "labels", "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.InRange(run.Json.GetProperty("lossValue").GetDouble(), 0.5, 3);
        Assert.Contains("there is no array 'target'", Run("run", "m.onnx", "--inputs", "in.npz", "--loss", "mse").Error, StringComparison.Ordinal);
        Assert.Equal(2, Run("run", "m.onnx", "--inputs", "in.npz", "--loss", "mes").ExitCode);
    }

    [Fact]
    public void AChoiceOfTwoIsNamed()
    {
        Assert.Equal(0, Run("run", "m.onnx", "--inputs", "in.npz", "--fake-quant", "ste").ExitCode);
        Assert.Equal(0, Run("run", "m.onnx", "--inputs", "in.npz", "--fake-quant", "staircase").ExitCode);
        Assert.Contains("--fake-quant is 'other'", Run("run", "m.onnx", "--inputs", "in.npz", "--fake-quant", "other").Error, StringComparison.Ordinal);
        Assert.Equal(2, Run("run", "m.onnx", "--inputs", "in.npz", "--fake-quant").ExitCode);
    }

    [Fact]
    public void ANamedAxisTakesASize()
    {
        Run("export", "mlp:4-8-3", "free.onnx");
        var run = Run("export", "free.onnx", "four.onnx", "--input", "N=4", "--check");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(4, Onnx.Files.OnnxFile.Read(_folder.File("four.onnx")).Graph.Inputs[0].Type!.Dims![0].Size);
        Assert.Contains("it has no input 'M'", Run("export", "free.onnx", "four.onnx", "--input", "M=4").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void VerifyTellsEqualFromDifferent()
    {
        Run("run", "m.onnx", "--inputs", "in.npz", "--out", "out.npz", "--gradient");
        var recorded = Numpy.Read(_folder.File("in.npz")).Concat(Numpy.Read(_folder.File("out.npz"))).ToDictionary(StringComparer.Ordinal);
        Numpy.Write(_folder.File("recorded.npz"), recorded);
        var equal = Run("verify", "m.onnx", "--against", "recorded.npz", "--json");
        Assert.Equal(0, equal.ExitCode);
        Assert.Equal(["labels"], equal.Json.GetProperty("notCompared").EnumerateArray().Select(n => n.GetProperty("name").GetString()));
        double[] wrong = recorded["logits"].ToDoubles();
        wrong[3] += 0.01;
        recorded["logits"] = StoredTensor.Of<double>(wrong, 5, 3);
        Numpy.Write(_folder.File("wrong.npz"), recorded);
        var different = Run("verify", "m.onnx", "--against", "wrong.npz");
        Assert.Equal(1, different.ExitCode);
        Assert.Contains("1 of ", different.Out, StringComparison.Ordinal);
        Assert.Equal(0, Run("verify", "m.onnx", "--against", "wrong.npz", "--tolerance", "0.1").ExitCode);
    }

    [Fact]
    public void CostAndKinksReadIt()
    {
        Assert.Equal(67, Run("cost", "m.onnx", "--json").Json.GetProperty("parameters").GetInt64());
        Assert.Contains("relu", Run("kinks", "m.onnx").Out, StringComparison.Ordinal);
        Assert.Equal((5, 3), (Batch(Run("cost", "m.onnx", "--json")), Batch(Run("cost", "m.onnx", "--batch", "3", "--json"))));

        static int Batch(ToolRun run) => run.Json.GetProperty("batch").GetInt32();
    }

    [Fact]
    public void TrainingGivesTheFileBackWithItsWeights()
    {
        Table();
        Assert.Equal(0, Run("export", "mlp:4-8-3", "free.onnx").ExitCode);
        var run = Run("train", "free.onnx", "--data", "flowers.csv", "--target", "kind", "--epochs", "20", "--batch", "8", "--rate", "0.02", "--optimizer", "adamw", "--out", "tuned.onnx", "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.InRange(run.Json.GetProperty("testAccuracy").GetDouble(), 0.6, 1);
        float[] x = [0.5f, -0.5f, 1, 0];
        Numpy.Write(_folder.File("one.npz"), new Dictionary<string, StoredTensor> { ["x"] = StoredTensor.Of<float>(x, 1, 4, 1, 1) });
        Assert.Equal(0, Run("run", "tuned.onnx", "--inputs", "one.npz", "--out", "a.npz").ExitCode);
        Assert.Equal(0, Run("run", "mlp:4-8-3", "--weights", "tuned/best.safetensors", "--inputs", "one.npz", "--out", "b.npz").ExitCode);
        Assert.Equal(Numpy.Read(_folder.File("a.npz"))["logits"].ToDoubles(), Numpy.Read(_folder.File("b.npz"))["logits"].ToDoubles());
    }

    [Fact]
    public void ANewHeadIsTrainedAloneWhereAllElseIsFrozen()
    {
        Table();
        Run("export", "mlp:4-8-3", "free.onnx");
        var run = Run("train", "free.onnx", "--data", "flowers.csv", "--target", "kind", "--replace-head", "4", "--freeze", "*", "--epochs", "2", "--batch", "8", "--out", "tuned.onnx", "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        var (before, after) = (Weights("free.onnx"), Weights("tuned.onnx"));
        Assert.Equal(before["fc1.weight"], after["fc1.weight"]);
        Assert.Equal(32, after["head.weight"].Length);
        Assert.Contains("is none: leave them out", Run("train", "mlp:4-8-3", "--data", "flowers.csv", "--target", "kind", "--freeze", "*").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AFileThatIsNoModelIsOneLine()
    {
        File.WriteAllText(_folder.File("bad.onnx"), "not a model");
        foreach (string verb in (string[])["cost", "kinks", "run", "train"])
        {
            var run = Run(verb, "bad.onnx");
            Assert.NotEqual(0, run.ExitCode);
            Assert.Contains("bad.onnx", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        }
    }

    private Dictionary<string, float[]> Weights(string file) =>
        Onnx.Files.OnnxFile.Read(_folder.File(file)).Graph.Initializers.ToDictionary(i => i.Name, i => i.ToFloats().Elements, StringComparer.Ordinal);

    // Three kinds, told apart by which of the first three numbers is the largest.
    private void Table()
    {
        var random = new Random(3);
        var rows = Enumerable.Range(0, 80).Select(_ => Enumerable.Range(0, 4).Select(_ => random.NextDouble()).ToArray());
        File.WriteAllLines(_folder.File("flowers.csv"), ["a,b,c,d,kind", .. rows.Select(r => FormattableString.Invariant($"{r[0]:F3},{r[1]:F3},{r[2]:F3},{r[3]:F3},{(r[0] > r[1] ? r[0] > r[2] ? "iris" : "rose" : r[1] > r[2] ? "lily" : "rose")}"))]);
    }

    private ToolRun Run(params string[] arguments) => ToolRun.In(_folder.Path, arguments);
}
