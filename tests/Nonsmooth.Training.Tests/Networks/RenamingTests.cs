using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Ties;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Objectives;

namespace Nonsmooth.Training.Tests.Networks;

/// <summary>What a module, a parameter or an input is called says nothing: a network renamed, its ids kept, gives the same numbers everywhere.</summary>
/// <remarks>Names count where users give them: in files of weights, in <see cref="Nonsmooth.Selections.Selection.At"/>, in patterns of frozen parameters.</remarks>
[Collection("training")]
public class RenamingTests
{
    private static readonly string[] _usual = ["conv", "pool", "head", "x", "target"];

    // Names that look like those of derived programs.
    private static readonly string[] _other = ["conv.vjp", "grad.x", "recompute.seed", "slope.grad.x", "loss.cotangent"];
    private static readonly Model _plain = Make(_usual);
    private static readonly Model _renamed = Make(_other);

    [Fact]
    public void Start_values_are_kept_by_the_id()
    {
        var (plain, renamed) = (_plain.Build(2).Parameters, _renamed.Build(2).Parameters);
        Assert.Equal(plain.Select(p => p.Id), renamed.Select(p => p.Id));
        Assert.All(plain.Zip(renamed), pair =>
        {
            Assert.NotEqual(pair.First.Name, pair.Second.Name);
            Assert.Equal(Start(pair.First), Start(pair.Second));
        });
        Assert.NotEqual(Start(plain[0]), Start(plain[0] with { Id = "another" }));
        Assert.Equal(Start(plain[0]), Start(plain[0] with { Name = "another" }));
    }

    [Fact]
    public void Memory_is_predicted_alike()
    {
        var (plain, renamed) = (MemoryPrediction.Of(_plain.Build(8).Gradient()), MemoryPrediction.Of(_renamed.Build(8).Gradient()));
        Assert.Equal(plain with { PeakNode = "" }, renamed with { PeakNode = "" });
        Assert.True(plain.Saved > 0);
    }

    [Fact]
    public void Times_are_predicted_alike()
    {
        string[] kinds = ["any", "view", "host", "conv2d", "conv2d_weight", "conv_transpose2d", "linear", "product"];
        var machine = new MachineModel(1, MachineIdentity.Current(), 0, 1, 1e-10, kinds.Select((kind, i) => (kind, i)).ToDictionary(
            k => k.kind, k => new KernelModel([1e-6 * (k.i + 1), 1e-10, 2e-10, 3e-10], [], [])));
        var (plain, renamed) = (Predicted(_plain.Build(8)), Predicted(_renamed.Build(8)));
        Assert.Equal(Nodes(plain.Objective), Nodes(renamed.Objective));
        Assert.Equal(Nodes(plain.Gradient), Nodes(renamed.Gradient));
        Assert.Equal((plain.Forward, plain.Backward, plain.Step), (renamed.Forward, renamed.Backward, renamed.Step));
        Assert.True(plain.Backward > 0);

        Prediction Predicted(NetworkProgram program) => Prediction.Of(machine, program.Objective, program.Gradient());
        static IEnumerable<(string, string, bool, double, double)> Nodes(IEnumerable<NodePrediction> nodes) =>
            nodes.Select(n => (n.Function, n.Kind, n.Backward, n.Seconds, n.Fixed));
    }

    [Fact]
    public void Costs_are_counted_alike()
    {
        var (plain, renamed) = (_plain.Cost(8), _renamed.Cost(8));
        Assert.Equal((plain.Parameters, plain.Forward, plain.Backward), (renamed.Parameters, renamed.Forward, renamed.Backward));
    }

    [Fact]
    public void Ties_are_found_alike()
    {
        using var one = new NetworkSubject(_plain, Data(_usual).Test, new() { Batch = 8 });
        using var two = new NetworkSubject(_renamed, Data(_other).Test, new() { Batch = 8 });
        var options = new TieOptions { Precision = Precision.Float32, Draws = 1, Batches = 2 };
        var (plain, renamed) = (TieCensus.Run(one, options), TieCensus.Run(two, options));
        Assert.Equal(plain.Sites.Select(s => s with { Site = "" }), renamed.Sites.Select(s => s with { Site = "" }));
        Assert.True(plain.Total("max_pool2d").Active > 0);
        Assert.True(plain.Total("relu").Places > 0);
    }

    // By choice, and by the layer that alone chooses otherwise.
    [Fact]
    public void Zones_and_blame_are_alike_layer_by_layer()
    {
        using var one = new NetworkSubject(_plain, Data(_usual).Test, new() { Batch = 8 });
        using var two = new NetworkSubject(_renamed, Data(_other).Test, new() { Batch = 8 });
        var options = new AuditOptions { Draws = 2, Batches = 2, Precisions = [Precision.BFloat16, Precision.Float32], BlamedPairs = 4 };
        var (plain, renamed) = (Audit.Run(one, options), Audit.Run(two, options));
        Assert.Equal(plain.Sites.Select(s => s.Function), renamed.Sites.Select(s => s.Function));
        Assert.Equal(plain.Choices.Select(c => (c.Choice.Name, c.Sites.Count)), renamed.Choices.Select(c => (c.Choice.Name, c.Sites.Count)));
        var formats = plain.Choices.SelectMany(c => c.Formats).Zip(renamed.Choices.SelectMany(c => c.Formats)).ToList();
        Assert.Equal(2 * plain.Choices.Count, formats.Count);
        Assert.All(formats, f =>
        {
            var (first, second) = (f.First.Zones.Volume, f.Second.Zones.Volume);
            Assert.Equal((first.Equal, first.Compensation, first.Bifurcation), (second.Equal, second.Compensation, second.Bifurcation));
            Assert.Equal(f.First.Zones.Observations, f.Second.Zones.Observations);
            Assert.Equal(f.First.Blame.Select(Layer), f.Second.Blame.Select(Layer));
        });
        Assert.Contains(formats, f => f.First.Zones.Volume.Bifurcation > 0);
        Assert.Contains(formats, f => f.First.Blame.Any(b => b.Mean > 0));

        static (string, int, double, double) Layer(Reliability.Blame.SiteBlame blame) => (blame.Site.Function, blame.Bifurcations(), blame.Mean, blame.Largest);
    }

    [Fact]
    public void Training_gives_the_same_bits()
    {
        var (plain, parameters) = Trained(_plain, _usual);
        var (renamed, others) = Trained(_renamed, _other);
        Assert.Equal(parameters, others);
        Assert.Equal(plain.TestLoss, renamed.TestLoss);

        static (Training.Engine.TrainingResult Result, float[] Parameters) Trained(Model model, string[] names) => Engine.SmallRun.Train(new()
        {
            Network = model, Dataset = Data(names), BatchSize = 8, Epochs = 1, Rate = 0.01, Threads = 1, Seed = 2,
        });
    }

    private static float[] Start(Parameter parameter)
    {
        var values = new float[parameter.Shape.Elements];
        parameter.Initialise(values, 3);
        return values;
    }

    // A patch on an empty ground, so that windows tie.
    private static Dataset Data(string[] names)
    {
        var fields = Fields(names);
        float[] images = [.. from image in Enumerable.Range(0, 40) from y in Enumerable.Range(0, 28) from x in Enumerable.Range(0, 28)
            select y > image % 14 && y < 14 && x > 5 && x < 20 ? (float)((x * y) + image) % 7 / 7 : 0];
        long[] targets = [.. Enumerable.Range(0, 40).Select(i => (long)(i * i % 10))];
        var examples = new ArrayExamples(fields, new Dictionary<string, Array> { [names[3]] = images, [names[4]] = targets });
        return new Dataset("made", examples, examples);
    }

    private static FieldList Fields(string[] names) =>
        [Field.Real(names[3], new Shape(1, 28, 28)), Field.Index(names[4], Shape.Scalar, 10, InputRole.Target)];

    private static Model Make(string[] names) => new("renamed")
    {
        Examples = Fields(names),
        Loss = Losses.CrossEntropy(names[4]),
        Forward = (network, fields) =>
        {
            var x = fields[names[3]];
            using (network.Scope(names[0], "a"))
            {
                x = Functions.Relu(network.Conv2d(x, 4, 3));
            }

            using (network.Scope(names[1], "b"))
            {
                x = Functions.MaxPool2d(x, 2);
            }

            using (network.Scope(names[2], "c"))
            {
                return network.Linear(x.Flatten(1), 10);
            }
        },
    };
}
