using Nonsmooth.Data;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.ModelFiles;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Running;

namespace Nonsmooth.Training.Tests.ModelFiles;

/// <summary>An archive of a network in training mode is trained: its statistics move as PyTorch's do, and the archive is written with them.</summary>
public sealed class TrainedArchiveTests
{
    [Fact]
    public void StatisticsAfterAStepAreThoseRecorded()
    {
        string folder = Path.Combine(SharedData.FolderOrSkip("models"), "models", "pt2");
        string archive = Path.Combine(folder, "resnet_train.pt2");
        var recorded = Numpy.Read(Path.Combine(folder, "resnet_train.npz"));
        var after = recorded.Where(a => a.Key.StartsWith("after.", StringComparison.Ordinal) && a.Value.IsReal).ToDictionary(a => a.Key["after.".Length..], a => a.Value.ToDoubles());
        Assert.NotEmpty(after);
        var x = recorded.First(a => a.Key.StartsWith("in.", StringComparison.Ordinal)).Value;
        var data = Data(x, (int)recorded["y"].Shape[1]);
        var model = Models.For(archive, data.Examples, null);
        using var output = new TemporaryFolder();
        string trained = Path.Combine(output.Path, "trained.pt2");
        var options = new TrainingOptions { Network = model, Dataset = data, BatchSize = (int)x.Shape[0], Epochs = 1, Rate = 0.01, OutputFolder = Path.Combine(output.Path, "trained") };
        using (var run = new TrainingRun(options))
        {
            var result = run.Train();
            TrainedFile.Write(model, result.Weights!, trained);
            var names = run.Session.Parameters.Parameters.Select((p, i) => (p.Name, Index: i)).ToDictionary(p => p.Name, p => p.Index);
            Assert.All(after, a => Close(a.Key, a.Value, [.. run.Session.Parameters.Values(names[a.Key]).ToArray().Select(v => (double)v)]));
        }

        var written = ArchiveFile.Read(trained);
        var before = ArchiveFile.Read(archive);
        Assert.Equal(before.Weights.Keys, written.Weights.Keys);
        Assert.All(after, a => Close(a.Key, a.Value, ((Tensor<float>)written.Weights[a.Key].Read()).Elements.Select(v => (double)v).ToArray()));
        Assert.Contains(written.Weights, w => w.Key.EndsWith("weight", StringComparison.Ordinal) && !Numbers(w.Value).SequenceEqual(Numbers(before.Weights[w.Key])));
    }

    [Fact]
    public void AStepThatDoesNotFitIsRefusedBeforeItIsTaken()
    {
        string archive = Path.Combine(SharedData.FolderOrSkip("models"), "models", "pt2", "resnet_train.pt2");
        var recorded = Numpy.Read(Path.ChangeExtension(archive, ".npz"));
        var data = Data(recorded["in.x"], (int)recorded["y"].Shape[1]);
        var options = new TrainingOptions { Network = Models.For(archive, data.Examples, null), Dataset = data, BatchSize = (int)recorded["in.x"].Shape[0], Epochs = 1, MachineMemory = 1 << 16 };
        var refused = Assert.Throws<NonsmoothException>(() => new TrainingRun(options));
        Assert.Contains("--machine-memory", refused.Message, StringComparison.Ordinal);
        Assert.Contains("weights", refused.Message, StringComparison.Ordinal);
        using var run = new TrainingRun(options with { MachineMemory = 1L << 30 });
    }

    [Fact]
    public void ARunThatDoesNotFitIsRefusedBeforeItIsCompiled()
    {
        string archive = Path.Combine(SharedData.FolderOrSkip("models"), "models", "pt2", "lenet.pt2");
        var binding = new Binding { Arrays = Numpy.Read(Path.ChangeExtension(archive, ".npz")) };
        var model = NetworkBinding.Bind(archive, binding);
        Assert.Contains("--machine-memory", Assert.Throws<NonsmoothException>(() => ModelRun.Of(model, binding, new ModelRunOptions { MachineMemory = 1000 })).Message, StringComparison.Ordinal);
        Assert.NotEmpty(ModelRun.Of(model, binding, new ModelRunOptions()).Outputs);
    }

    private static float[] Numbers(ArchiveTensor tensor) => tensor.Read() is Tensor<float> t ? t.Elements : [];

    private static void Close(string name, double[] expected, double[] actual)
    {
        double most = expected.Max(Math.Abs);
        Assert.True(expected.Zip(actual, (e, a) => Math.Abs(e - a)).All(d => d <= 1e-4 * most), name);
    }

    private static Dataset Data(StoredTensor x, int classes)
    {
        int count = (int)x.Shape[0];
        FieldList fields = [Field.Real("x", new Shape([.. x.Shape.Skip(1).Select(s => (int)s)])), Field.Index("target", Shape.Scalar, classes, InputRole.Target)];
        var examples = new ArrayExamples(fields, new Dictionary<string, Array> { ["x"] = x.ToSingles(), ["target"] = Enumerable.Range(0, count).Select(i => (long)(i % classes)).ToArray() });
        return new Dataset("recorded", examples, examples);
    }
}
