using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Formats;

/// <summary>Whether the executor takes subnormal numbers for 0.</summary>
/// <remarks>
/// If it does, every |x| below 1.18e-38 is at the kink of a ReLU in single precision. It is a mode of each thread of the
/// processor, so it can change while a process runs. Source: reliability specification, 4.1 and F15.
/// </remarks>
public static class FlushToZero
{
    // 2⁻⁷⁰ · 2⁻⁷⁰ = 2⁻¹⁴⁰ is subnormal in single precision; so many that every thread has some.
    private const int Count = 1 << 16;

    /// <summary>Measures it: a product that is subnormal in single precision.</summary>
    /// <returns>True where some product came out as 0.</returns>
    public static bool Probe()
    {
        var program = Program.Trace(x => x * x, TensorType.Real(new Shape(Count)));
        using var compiled = new LibTorchExecutor().Compile(program);
        using var factor = TorchTensor.Full([Count], Math.ScaleB(1, -70));
        var product = compiled.Call(factor)[0];
        using (product)
        {
            return product.AsSpan<float>().Contains(0);
        }
    }
}
