using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Tests.Native;

public sealed class LogTextTests
{
    private const string Error = "[E0101 12:00:00.5 shim_common.cpp:507] Exception in aoti_torch: sizes differ\n  at 3\nException raised from meta at x.cpp:1 (most recent call first):\nframe #0: f\n\n";
    private const string Warning = "[W0101 12:00:00.5 x.cpp:1] Warning: slow (function f)\n";

    [Fact]
    public void ReasonIsOneLineWithoutTheStack() => Assert.Equal("sizes differ at 3", LogText.Reason(Error));

    [Fact]
    public void AWarningIsNoReason() => Assert.Null(LogText.Reason(Warning));

    [Fact]
    public void EntriesKeepEveryCharacter()
    {
        var text = "loose\n" + Warning + Error + Warning;
        var entries = LogText.Entries(text).ToArray();
        Assert.Equal(["loose\n", Warning, Error, Warning], entries);
        Assert.Empty(LogText.Entries(""));
    }

    [Fact]
    public void AMessageWithoutStackIsKeptWhole() =>
        Assert.Equal("Not yet supported", LogText.Reason("[E0101 1 a.cpp:2] Exception in aoti_torch: Not yet supported\n"));

    [Fact]
    public void SimultaneousReasonsAreAllTold()
    {
        List<string> unclaimed = ["a", "b"];
        Assert.Equal("one of these, as several calls failed at once: a | b", LogText.Claim(unclaimed));
        Assert.Equal("one of these, as several calls failed at once: a | b", LogText.Claim(unclaimed));
        Assert.Null(LogText.Claim(unclaimed));
        unclaimed = ["a", "a"];
        Assert.Equal("a", LogText.Claim(unclaimed));
    }
}
