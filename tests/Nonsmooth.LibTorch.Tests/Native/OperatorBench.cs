using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Tests.Native;

/// <summary>Makes tensors from doubles, calls operators and compares with simple managed mathematics.</summary>
internal static class OperatorBench
{
    public static readonly TorchDtype[] Floats = [TorchDtype.Float64, TorchDtype.Float32, TorchDtype.BFloat16, TorchDtype.Float16];

    public static TheoryData<TorchDtype> Dtypes => [.. Floats];

    public static double Tolerance(TorchDtype dtype) => dtype switch
    {
        TorchDtype.Float64 => 1e-12,
        TorchDtype.Float32 => 1e-5,
        TorchDtype.Float16 => 4e-3,
        _ => 3e-2,
    };

    public static TensorHandle T(TorchDtype dtype, double[] values, params long[] sizes)
    {
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>(values);
        var wide = TensorFactory.FromBytes(bytes, sizes.Length == 0 ? [values.Length] : sizes, TorchDtype.Float64, Device.Cpu);
        var result = TensorFactory.Convert(wide, dtype, Device.Cpu);
        wide.Delete();
        return result;
    }

    public static TensorHandle Scalar(TorchDtype dtype, double value) => ScalarTensors.Get(value, dtype, Device.Cpu);

    public static double[] V(TensorHandle tensor)
    {
        var wide = TensorFactory.Convert(tensor, TorchDtype.Float64, Device.Cpu);
        var values = new double[wide.ElementCount];
        TensorFactory.CopyTo(wide, System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
        wide.Delete();
        return values;
    }

    /// <summary>Reads the values and releases the tensor.</summary>
    public static double[] Take(TensorHandle tensor)
    {
        var values = V(tensor);
        tensor.Delete();
        return values;
    }

    public static double[] Call(string name, params ulong[] stack) => Call((name, ""), stack);

    public static double[] Call((string Name, string Overload) op, params ulong[] stack) =>
        Take(Dispatcher.Call1(new OperatorName(op.Name, op.Overload), stack));

    public static void Close(double[] expected, double[] actual, TorchDtype dtype)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            if (double.IsNaN(expected[i]) || double.IsInfinity(expected[i]))
            {
                Assert.Equal(expected[i], actual[i]);
            }
            else
            {
                Assert.True(
                    Math.Abs(expected[i] - actual[i]) <= Tolerance(dtype) * Math.Max(1, Math.Abs(expected[i])),
                    $"{dtype} item {i}: expected {expected[i]}, got {actual[i]}");
            }
        }
    }
}
