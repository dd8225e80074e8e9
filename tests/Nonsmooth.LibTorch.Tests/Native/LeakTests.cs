using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using static Nonsmooth.LibTorch.Tests.Native.OperatorBench;

namespace Nonsmooth.LibTorch.Tests.Native;

[Collection(Alone.Name)]
public sealed class LeakTests
{
    private static readonly OperatorName Clamp = new("clamp", "Tensor");
    private static readonly OperatorName Permute = new("permute");
    private static readonly OperatorName Gelu = new("gelu");
    private static readonly OperatorName Cat = new("cat");
    private static readonly OperatorName Relu = new("relu_");

    [Trait("Speed", "Slow")]
    [Fact]
    public void TwoHundredThousandCallsKeepTheirMemory()
    {
        var x = T(TorchDtype.Float32, [.. Enumerable.Repeat(0.5, 256)], 16, 16);
        Run(x, 2000);
        var before = Resident();
        Run(x, 40_000);
        var grown = Resident() - before;
        x.Delete();

        // One leaked 1 KiB result, list, string or optional cell per call would add 40 MB or, for cells, over 1 MB.
        Assert.True(grown < 24 << 20, $"resident memory grew by {grown >> 10} KiB");
    }

    private static void Run(TensorHandle x, int rounds)
    {
        var direct = DirectOperators.For(DeviceKind.Cpu);
        for (var i = 0; i < rounds; i++)
        {
            Dispatcher.Call1(Clamp, [Slot.Of(x), Slot.Optional(Scalar(TorchDtype.Float32, -1)), Slot.None]).Delete();
            Dispatcher.Call1(Permute, [Slot.Of(x), Slot.Of((ReadOnlySpan<long>)[1, 0])]).Delete();
            Dispatcher.Call1(Gelu, [Slot.Of(x), Slot.Of("none"u8)]).Delete();
            Dispatcher.CallInPlace(Relu, [Slot.Of(x)]);
            direct.Add(x, x).Delete();
            if (i % 8 == 0)
            {
                Dispatcher.Call1(Cat, [Slot.Of([x, x]), Slot.Of(0L)]).Delete();
                new TorchTensor(x.Share()).Dispose();
            }
        }
    }

    private static long Resident() =>
        long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) * Environment.SystemPageSize;
}
