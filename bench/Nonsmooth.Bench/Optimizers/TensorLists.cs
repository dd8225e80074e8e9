using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Optimizers;

namespace Nonsmooth.Bench.Optimizers;

/// <summary>Parameters, gradients and AdamW's states as libtorch tensors of equal length.</summary>
internal sealed class TensorLists : IDisposable
{
    private static readonly OperatorName _fused = new("_fused_adamw_");

    private readonly TorchTensor[] _parameters;
    private readonly TorchTensor[] _averages;
    private readonly TorchTensor[] _squares;
    private readonly TorchTensor[] _steps;

    public TensorLists(int count, long length)
    {
        _parameters = [.. Enumerable.Range(0, count).Select(i => Filled(length, i))];
        Gradients = [.. Enumerable.Range(0, count).Select(i => Filled(length, 1_000 + i))];
        _averages = [.. Gradients.Select(_ => TorchTensor.Zeros([length]))];
        _squares = [.. Gradients.Select(_ => TorchTensor.Zeros([length]))];
        _steps = [.. Gradients.Select(_ => TorchTensor.Zeros([]))];
        Slots = [.. _parameters.Select((p, i) => new ParameterSlot($"p{i}", p.DataPointer, length))];
    }

    public TorchTensor[] Gradients { get; }

    public ParameterSlot[] Slots { get; }

    /// <summary>One step of libtorch's own; it reads the steps and leaves advancing them to its caller.</summary>
    public void Step(double rate)
    {
        foreach (TorchTensor step in _steps)
        {
            step.AsSpan<float>()[0]++;
        }

        Dispatcher.Call(
            _fused,
            [
                List(_parameters), List(Gradients), List(_averages), List(_squares), List([]), List(_steps),
                Slot.Of(rate), Slot.Of(0.9), Slot.Of(0.999), Slot.Of(0.01), Slot.Of(1e-8), Slot.Of(false), Slot.Of(false), Slot.None, Slot.None,
            ]);
    }

    /// <summary>The largest difference of a parameter.</summary>
    public double Distance(TensorLists other)
    {
        double largest = 0;
        for (int i = 0; i < _parameters.Length; i++)
        {
            ReadOnlySpan<float> a = _parameters[i].AsSpan<float>();
            ReadOnlySpan<float> b = other._parameters[i].AsSpan<float>();
            for (int j = 0; j < a.Length; j++)
            {
                largest = Math.Max(largest, Math.Abs((double)a[j] - b[j]));
            }
        }

        return largest;
    }

    public void Dispose()
    {
        foreach (TorchTensor tensor in (TorchTensor[])[.. _parameters, .. Gradients, .. _averages, .. _squares, .. _steps])
        {
            tensor.Dispose();
        }
    }

    private static ulong List(TorchTensor[] tensors) => Slot.Of([.. tensors.Select(t => t.Handle)]);

    private static TorchTensor Filled(long length, int seed)
    {
        TorchTensor tensor = TorchTensor.Empty([length]);
        var random = new Random(seed);
        foreach (ref float value in tensor.AsSpan<float>())
        {
            value = random.NextSingle() - 0.5f;
        }

        return tensor;
    }
}
