using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;
using TorchSharp;
using TorchSharp.Modules;

namespace Nonsmooth.TorchSharp.Tests;

/// <summary>Every optimizer of the table over TorchSharp's parameters has the bits of its kernel, and continues with them from a file.</summary>
public sealed class KernelTests : TorchSharpTest
{
    private static readonly long[][] _shapes = [[5, 7], [7], [2, 3, 4]];

    public static TheoryData<string> Names => [.. OptimizerRegistry.All.Select(entry => entry.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void StepsAreTheKernels(string name)
    {
        var entry = OptimizerRegistry.Find(name);
        Parameter[] parameters = Parameters();
        Parameter[] copies = Parameters();
        using var pool = new WorkerPool(2);
        using var theirs = new KernelOptimizer(parameters, entry.Defaults, entry.DefaultRate);
        using var kernel = entry.Defaults.Build([.. copies.Select((p, i) => new ParameterSlot($"{i}", Address(p), p.NumberOfElements) { Rows = p.dim() >= 2 ? (int)p.shape[0] : 0 })], pool);
        for (int step = 0; step < 5; step++)
        {
            Differentiate(parameters, step);
            Differentiate(copies, step);
            theirs.step();
            kernel.Step([.. copies.Select(p => Address(p.grad!))], entry.DefaultRate);
        }

        Assert.NotEqual(0, Bits(Values(parameters), Values(Parameters())));
        Assert.Equal(0, Bits(Values(parameters), Values(copies)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AFileContinuesWithTheSameBits(string name)
    {
        var entry = OptimizerRegistry.Find(name);
        string file = Path.GetTempFileName();
        Parameter[] parameters = Parameters();
        using var first = new KernelOptimizer(parameters, entry.Defaults, entry.DefaultRate / 2);
        Run(first, parameters, 0, 3);
        first.save_state_dict(file);
        Parameter[] copies = [.. parameters.Select(p => torch.nn.Parameter(p.detach().clone()))];
        Parameter[] more = [.. parameters.Select(p => torch.nn.Parameter(p.detach().clone()))];
        Run(first, parameters, 3, 6);

        using var second = new KernelOptimizer(copies, entry.Defaults, entry.DefaultRate);
        second.load_state_dict(file);
        File.Delete(file);
        Assert.Equal(3, ((KernelState)second.state_dict().State[0]).Steps);
        using var third = new KernelOptimizer(more, entry.Defaults, entry.DefaultRate);
        third.load_state_dict(second.state_dict());
        Assert.All(second.state_dict().State.Zip(third.state_dict().State), p => Assert.True(p.First.ApproximatelyEquals(p.Second)));
        Run(second, copies, 3, 6);
        Run(third, more, 3, 6);
        Assert.Equal(0, Bits(Values(parameters), Values(copies)));
        Assert.Equal(0, Bits(Values(parameters), Values(more)));
    }

    [Fact]
    public void SettingsComeFromTheFile()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        Parameter[] parameters = Parameters();
        using var first = new Innaprop(parameters, alpha: 0.5, beta: 2);
        first.save_state_dict(writer);
        using var second = new Innaprop(parameters);
        stream.Position = 0;
        second.load_state_dict(new BinaryReader(stream));
        var options = (KernelGroupOptions)second.state_dict().Options[0];
        Assert.Equal(new InnapropOptions { Alpha = 0.5, Beta = 2 }, options.Rule);
    }

    private static Parameter[] Parameters() => [.. _shapes.Select((shape, i) => Drawn(100 + i, shape))];

    private static void Run(KernelOptimizer optimizer, Parameter[] parameters, int from, int to)
    {
        for (int step = from; step < to; step++)
        {
            Differentiate(parameters, step);
            optimizer.step();
        }
    }

    private static unsafe nint Address(torch.Tensor tensor)
    {
        fixed (byte* first = tensor.bytes)
        {
            return (nint)first;
        }
    }
}
