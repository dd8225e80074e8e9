using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Tests.Native;

public sealed class LibTorchLocatorTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("nonsmooth").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void NothingFoundNamesEveryPlaceAndTheMend()
    {
        var failure = Assert.Throws<NonsmoothException>(() => LibTorchLocator.Find(null, null, ["/first", "/second"]));
        Assert.Contains("'/first', '/second'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("libtorch_cpu.so", failure.Message, StringComparison.Ordinal);
        Assert.Contains("NONSMOOTH_LIBTORCH", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void AGivenFolderWithoutLibtorchIsNotReplacedByAnother()
    {
        var good = Place("good");
        var failure = Assert.Throws<NonsmoothException>(() => LibTorchLocator.Find(Path.Combine(_root, "bad"), good, [good]));
        Assert.Contains("LibTorchOptions.Folder", failure.Message, StringComparison.Ordinal);
        failure = Assert.Throws<NonsmoothException>(() => LibTorchLocator.Find(null, Path.Combine(_root, "bad"), [good]));
        Assert.Contains("given in NONSMOOTH_LIBTORCH", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheOptionComesBeforeTheVariableBeforeTheApplication()
    {
        var (a, b, c) = (Place("a"), Place("b"), Place("c"));
        Assert.Equal(a, LibTorchLocator.Find(a, b, [c]));
        Assert.Equal(b, LibTorchLocator.Find(null, b, [c]));
        Assert.Equal(c, LibTorchLocator.Find(null, "", [Path.Combine(_root, "no"), c]));
    }

    [Fact]
    public void AFolderWhoseLibHoldsItWillDo()
    {
        var lib = Place(Path.Combine("torch", "lib"));
        Assert.Equal(lib, LibTorchLocator.Find(Path.Combine(_root, "torch"), null, []));
    }

    // As the packages hold them: packages/check.sh --platforms looks.
    [Theory]
    [InlineData("linux-x64", "libtorch_cpu.so")]
    [InlineData("win-x64", "torch_cpu.dll")]
    [InlineData("osx-arm64", "libtorch_cpu.dylib")]
    public void EachPlatformHasItsNames(string runtimeIdentifier, string file) =>
        Assert.Equal(file, LibTorchLocator.FileName("torch_cpu", runtimeIdentifier));

    private string Place(string folder)
    {
        var full = Path.Combine(_root, folder);
        Directory.CreateDirectory(full);
        File.WriteAllText(Path.Combine(full, LibTorchLocator.CpuFile), "");
        return full;
    }
}
