using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

public class OneStepTests
{
    private const int Batch = 2;

    // What a step of everything smaller takes is a few seconds and some hundred MiB.
    private const long MostParameters = 25_000_000;

    // Of the registry, what is small enough to be trained here, on the smallest images that a network takes.
    public static TheoryData<string> Small { get; } = new(Models.All.Select(row => row.Name).Where(name => Smallest(name).ParameterCount <= MostParameters));

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Small))]
    public void AStepOnNoiseMovesWhatHasAGradientAndKeepsEverythingFinite(string name)
    {
        var network = Smallest(name);
        var program = network.Build(Batch);
        using var parameters = new ParameterSet(program.Parameters, 1);
        using var compiled = new LibTorchExecutor().Compile(program.Step());
        using var pool = new WorkerPool(1);
        using var optimizer = new AdamWOptions { WeightDecay = 0 }.Build(parameters.Slots, pool);
        var random = new CounterRandom(3);
        using var x = Draw(network.Examples[0].Batch(Batch), network.Classes!.Value, random.Derive("x"));
        using var target = Draw(network.Examples[1].Batch(Batch), network.Classes.Value, random.Derive("target"));
        using var step = TorchTensor.FromSpan<long>([1], []);
        TorchTensor[] inputs = [x, target, .. parameters.Tensors, .. program.UsesStep ? new[] { step } : []];

        compiled.Run(inputs);
        double before = compiled.OutputScalar(0);
        int first = 1 + program.Buffers.Count;
        nint[] gradients = [.. program.Parameters.Select((_, i) => compiled.OutputPointer(first + i))];
        int moved = 0;
        var starts = program.Parameters.Select((_, i) => parameters.Values(i).ToArray()).ToArray();
        optimizer.Step(gradients, 1e-4);
        for (int i = 0; i < starts.Length; i++)
        {
            moved += parameters.Values(i).SequenceEqual(starts[i]) ? 0 : 1;
        }

        Assert.Null(parameters.FirstNotFinite());
        Assert.InRange(before, 1e-3, 40);
        Assert.True(moved > 0.9 * starts.Length, $"{moved} of {starts.Length} parameters moved");
        compiled.Run(inputs);
        Assert.True(double.IsFinite(compiled.OutputScalar(0)));
    }

    private static Model Smallest(string name)
    {
        var usual = Models.Find(name);
        if (usual.Examples.Image is null)
        {
            return Models.Find(name, tokens: 8);
        }

        foreach (int side in (int[])[8, 16, 28, 32])
        {
            try
            {
                var network = Models.Find(name, usual.Input with { Height = side, Width = side });
                network.Build(1);
                return network;
            }
            catch (NonsmoothException)
            {
                // Too small for this one: the next size.
            }
        }

        return usual;
    }

    private static TorchTensor Draw(TensorType type, int classes, CounterRandom random)
    {
        var values = new float[type.Shape.Elements];
        long[] sizes = [.. type.Shape.Select(s => (long)s)];
        if (type.Kind == ElementKind.Real)
        {
            random.FillNormal(values);
            return TorchTensor.FromSpan<float>(values, sizes);
        }

        random.FillUniform(values);
        return TorchTensor.FromSpan<long>([.. values.Select(v => (long)(v * classes))], sizes);
    }
}
