using System.Collections.Concurrent;

namespace Nonsmooth.LibTorch.Native;

/// <summary>0-dim tensors of fixed values, for operators whose scalar argument the dispatcher refuses.</summary>
/// <remarks>
/// Kept for the life of the process, so ask only for constants of programs, not for values that change every step. A
/// 0-dim tensor does not widen the other operand of the same kind (a float64 one leaves a bfloat16 tensor bfloat16);
/// on the CPU libtorch then computes with the scalar in float32, unrounded, as it does with a real scalar.
/// </remarks>
internal static class ScalarTensors
{
    private static readonly ConcurrentDictionary<(long Bits, TorchDtype Dtype, Device Device), TensorHandle> Cache = new();

    /// <summary>The value as a 0-dim tensor; the cache owns it.</summary>
    public static TensorHandle Get(double value, TorchDtype dtype, Device device) =>
        Cache.GetOrAdd((BitConverter.DoubleToInt64Bits(value), dtype, device), static key => Create(BitConverter.Int64BitsToDouble(key.Bits), key.Dtype, key.Device));

    /// <summary>The value as a 0-dim tensor the caller owns.</summary>
    public static unsafe TensorHandle Create(double value, TorchDtype dtype, Device device)
    {
        ThreadState.Enter();
        nint wide;
        Abi.Check(Abi.ScalarTensor(value, &wide), "aoti_torch_scalar_to_tensor_float64");
        var scalar = new TensorHandle(wide);
        if (dtype == TorchDtype.Float64 && device == Device.Cpu)
        {
            return scalar;
        }

        try
        {
            return TensorFactory.Convert(scalar, dtype, device);
        }
        finally
        {
            scalar.Delete();
        }
    }
}
