using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Tests.Native;

[Collection("native log")]
public sealed unsafe class NativeLogTests
{
    private static readonly OperatorName Mm = new("mm");
    private static readonly OperatorName Nothing = new("no_such_operator");

    [Fact]
    public void AFailedCallThrowsLibTorchsOwnReasonOnOneLine()
    {
        var a = TensorFactory.Zeros([2, 3], TorchDtype.Float32, Device.Cpu);
        var failure = Assert.Throws<LibTorchException>(() => Dispatcher.Call1(Mm, [Slot.Of(a), Slot.Of(a)]));
        Assert.True(NativeLog.Installed);
        Assert.Equal("aten::mm", failure.Operation);
        Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", failure.Reason);
        Assert.Equal("libtorch refused aten::mm: mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
        Assert.Equal([2L, 3L], a.Sizes.ToArray());
        a.Delete();
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void EachFailureHasItsOwnReason()
    {
        for (var i = 0; i < 300; i++)
        {
            var unknown = Assert.Throws<LibTorchException>(() => Dispatcher.Call(Nothing, stackalloc ulong[1]));
            Assert.Equal("Could not find schema for aten::no_such_operator.", unknown.Reason);
            var a = TensorFactory.Zeros([i + 1, 1], TorchDtype.Float32, Device.Cpu);
            var shapes = Assert.Throws<LibTorchException>(() => Dispatcher.Call1(Mm, [Slot.Of(a), Slot.Take(TensorFactory.Zeros([2, 2], TorchDtype.Float32, Device.Cpu))]));
            Assert.Contains($"({i + 1}x1 and 2x2)", shapes.Reason, StringComparison.Ordinal);
            a.Delete();
        }
    }

    [Fact]
    public void FailuresOnManyThreadsEachGetAReason()
    {
        Parallel.For(0, 200, i =>
        {
            var failure = Assert.Throws<LibTorchException>(() => Dispatcher.Call(Nothing, stackalloc ulong[1]));
            Assert.Equal("Could not find schema for aten::no_such_operator.", failure.Reason);
        });
    }

    [Fact]
    public void AWarningIsPassedOnAndDoesNotHideAReason()
    {
        LibTorchLibrary.Load();
        var torch = System.Runtime.InteropServices.NativeLibrary.Load(Path.Combine(LibTorchLibrary.Folder!, LibTorchLocator.CpuFile));
        var warn = (delegate* unmanaged[Cdecl]<byte*, byte*, uint, byte*, void>)System.Runtime.InteropServices.NativeLibrary.GetExport(torch, "aoti_torch_warn");
        var passedOn = new System.Collections.Concurrent.ConcurrentQueue<string>();
        NativeLog.Divert = passedOn.Enqueue;
        try
        {
            fixed (byte* name = "test\0"u8, message = "mind the gap\0"u8)
            {
                warn(name, name, 1, message);
            }

            Assert.True(NativeLog.HasText || !passedOn.IsEmpty);
            var failure = Assert.Throws<LibTorchException>(() => Dispatcher.Call(Nothing, stackalloc ulong[1]));
            Assert.Equal("Could not find schema for aten::no_such_operator.", failure.Reason);
            Assert.Contains(passedOn, text => text.Contains("mind the gap", StringComparison.Ordinal));
        }
        finally
        {
            NativeLog.Divert = null;
        }
    }
}
