using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Tests.Native;

public sealed class LibTorchLibraryTests
{
    [Fact]
    public void TheBundledLibraryIsLoadedAndOfVersion210()
    {
        LibTorchLibrary.Load();
        Assert.Equal(new Version(2, 10, 0), LibTorchLibrary.Version);
        Assert.NotNull(LibTorchLibrary.Folder);
        Assert.False(LibTorchLibrary.HasCuda);
    }

    [Fact]
    public void AnOlderVersionIsNamed()
    {
        var failure = Assert.Throws<NonsmoothException>(() => LibTorchLibrary.CheckVersion(0x0209_0100_0000_0000, "/old"));
        Assert.Contains("is 2.9.1 and Nonsmooth needs 2.10", failure.Message, StringComparison.Ordinal);
        LibTorchLibrary.CheckVersion(Abi.Version, "/new");
    }

    [Fact]
    public void MissingEntriesAreNamed()
    {
        LibTorchLibrary.Load();
        var table = new EntryTable(System.Runtime.InteropServices.NativeLibrary.Load(Path.Combine(LibTorchLibrary.Folder!, LibTorchLocator.CpuFile)));
        Assert.NotEqual(0, table.Required("torch_call_dispatcher"));
        Assert.Equal(0, table.Required("torch_no_such_entry"));
        Assert.Equal(0, table.Optional("torch_not_even_this"));
        Assert.Equal(["torch_no_such_entry"], table.Missing);
        var failure = Assert.Throws<NonsmoothException>(() => LibTorchLibrary.CheckMissing(table.Missing, "/lib"));
        Assert.Contains("lacks torch_no_such_entry", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CudaThatIsNotThereIsRefused()
    {
        LibTorchLibrary.Load();
        var failure = Assert.Throws<NonsmoothException>(() => LibTorchLibrary.Load(new LibTorchOptions { Cuda = true }));
        Assert.Contains("CUDA was asked for", failure.Message, StringComparison.Ordinal);
        failure = Assert.Throws<NonsmoothException>(() => DirectEntries.For(DeviceKind.Cuda));
        Assert.Contains("no CUDA", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherFolderIsRefusedOnceLoaded()
    {
        LibTorchLibrary.Load();
        LibTorchLibrary.Load(new LibTorchOptions { Folder = LibTorchLibrary.Folder });
        Assert.Throws<NonsmoothException>(() => LibTorchLibrary.Load(new LibTorchOptions { Folder = "/nowhere" }));
    }
}
