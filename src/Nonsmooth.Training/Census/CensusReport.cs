using Nonsmooth.LibTorch.Execution;

namespace Nonsmooth.Training.Census;

/// <summary>Kinks met by a network on some batches, and what they do to its gradient.</summary>
public sealed record CensusReport
{
    /// <summary>The format of the arithmetic.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Batches counted.</summary>
    public required int Batches { get; init; }

    /// <summary>Counts by node, in the order of the program.</summary>
    public required IReadOnlyList<KinkCount> Nodes { get; init; }

    /// <summary>Comparisons of gradients, one a selection.</summary>
    public required IReadOnlyList<GradientDifference> Differences { get; init; }

    /// <summary>Over all ReLU nodes.</summary>
    public KinkCount Relu => Total("relu");

    /// <summary>Over all max-pooling nodes.</summary>
    public KinkCount MaxPool => Total("max_pool2d");

    /// <summary>This and another census of the same network, one after the other.</summary>
    internal CensusReport Add(CensusReport other) => this with
    {
        Batches = Batches + other.Batches,
        Nodes = [.. Nodes.Zip(other.Nodes, (a, b) => a with { Places = a.Places + b.Places, Kinked = a.Kinked + b.Kinked })],
        Differences = [.. Differences.Zip(other.Differences, (a, b) => a with
        {
            Batches = a.Batches + b.Batches,
            Differing = a.Differing + b.Differing,
            RelativeL2 = Math.Max(a.RelativeL2, b.RelativeL2),
            MaxDifference = Math.Max(a.MaxDifference, b.MaxDifference),
        })],
    };

    private KinkCount Total(string function)
    {
        var nodes = Nodes.Where(n => n.Function == function).ToList();
        return new KinkCount("total", function, nodes.Sum(n => n.Places), nodes.Sum(n => n.Kinked));
    }
}
