using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Tests.Native;

public sealed class BFloat16SupportTests
{
    [Theory]
    [InlineData(true, true, null)]
    [InlineData(true, false, "without oneDNN")]
    [InlineData(false, true, "no instructions")]
    [InlineData(false, false, "no instructions")]
    public void ItPaysWhereTheProcessorMultipliesItAndLibtorchAsksItTo(bool instructions, bool oneDnn, string? warning)
    {
        var support = new BFloat16Support(instructions, oneDnn);
        Assert.Equal(warning is null, support.IsNative);
        Assert.Equal(warning is null, support.Warning is null);
        Assert.Contains(warning ?? "", support.Warning ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void ThisProcessorSaysWhatTheSystemSaysOfIt()
    {
        Assert.SkipUnless(File.Exists("/proc/cpuinfo"), "the system says no flags of its processor");
        string flags = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("flags", StringComparison.Ordinal)) ?? "";
        Assert.Equal(flags.Contains("avx512_bf16", StringComparison.Ordinal) || flags.Contains("amx_bf16", StringComparison.Ordinal), BFloat16Support.Here().HasInstructions);
    }
}
