using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Reliability.Ties;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

/// <summary>What a module is called says nothing: a network renamed, its ids kept, gives the same numbers everywhere.</summary>
public class RenamingTests
{
    // The second's names look like those of derived programs.
    private static readonly Model _plain = Make(["conv", "pool", "head"]);
    private static readonly Model _renamed = Make(["conv.vjp", "grad.x", "recompute.seed"]);

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
    public void Ties_are_found_alike()
    {
        var data = Datasets.Load("strokes", new DatasetOptions { TrainCount = 10, TestCount = 40 });
        using var one = new NetworkSubject(_plain, data.Test, new() { Batch = 8 });
        using var two = new NetworkSubject(_renamed, data.Test, new() { Batch = 8 });
        var options = new TieOptions { Precision = Precision.Float32, Draws = 1, Batches = 2 };
        var (plain, renamed) = (TieCensus.Run(one, options), TieCensus.Run(two, options));
        Assert.Equal(plain.Sites.Select(s => s with { Site = "" }), renamed.Sites.Select(s => s with { Site = "" }));
        Assert.True(plain.Total("max_pool2d").Active > 0);
        Assert.True(plain.Total("relu").Places > 0);
    }

    private static float[] Start(Parameter parameter)
    {
        var values = new float[parameter.Shape.Elements];
        parameter.Initialise(values, 3);
        return values;
    }

    private static Model Make(IReadOnlyList<string> names) => Classifier.Of("renamed", new ImageShape(1, 28, 28), 10, (network, x) =>
    {
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
    });
}
