using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Tests.Native;

public sealed class LibTorchMemoryTests
{
    [Fact]
    public void GlibcAgrees() => Assert.Equal(OperatingSystem.IsLinux(), LibTorchMemory.KeepFreed());
}
