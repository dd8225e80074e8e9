using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Engine;

public class ParameterSetTests
{
    private static readonly IReadOnlyList<Parameter> _parameters = Mlp.Create([4, 8, 3]).Build(1).Parameters;

    [Fact]
    public void TensorsAndSlotsAreTheSameMemory()
    {
        using var set = new ParameterSet(_parameters, 1);
        set.Values(0)[3] = 42;
        Assert.Equal(42, set.Tensors[0].ToArray<float>()[3]);
        Assert.Equal(set.Tensors.Select(t => t.DataPointer), set.Slots.Select(s => s.Values));
        Assert.Equal([true, false, true, false], set.Slots.Select(s => s.Decay));
    }

    [Fact]
    public void ACheckpointGivesItBack()
    {
        using var saved = new ParameterSet(_parameters, 1);
        using var loaded = new ParameterSet(_parameters, 2);
        var checkpoint = new Checkpoint();
        saved.Save(checkpoint.Tensors);
        Assert.NotEqual(saved.Values(2).ToArray(), loaded.Values(2).ToArray());
        loaded.Load(checkpoint);
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(saved.Values(i).ToArray(), loaded.Values(i).ToArray()));
    }

    [Fact]
    public void RefusesACheckpointOfAnotherShape()
    {
        using var saved = new ParameterSet(_parameters, 1);
        using var other = new ParameterSet(Mlp.Create([5, 8, 3]).Build(1).Parameters, 1);
        var checkpoint = new Checkpoint();
        saved.Save(checkpoint.Tensors);
        var failure = Assert.Throws<NonsmoothException>(() => other.Load(checkpoint));
        Assert.Contains("'fc1.weight' is 8×4 in the checkpoint and 8×5 in the network", failure.Message, StringComparison.Ordinal);
    }
}
