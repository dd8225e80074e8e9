using Nonsmooth.Cli.Studies;

namespace Nonsmooth.Cli.Tests.Studies;

public sealed class ReluVolumeCaseTests
{
    [Fact]
    public void SettingsAreTheKeysOfRowsAndLogs() =>
        Assert.Equal(ReluVolumeCase.All.Count, ReluVolumeCase.All.Select(c => c.ToString()).Distinct().Count());

    [Fact]
    public void TheHeadlineIsWhatWasPublishedBesideWhatAProcessorGave()
    {
        var head = ReluVolumeCase.All[0];
        Assert.Equal("3x256, batch 256, f32", head.ToString());
        Assert.Equal(463, head.Published);
        Assert.Equal((411, 1000), (head.Peer!.Value.Successes, head.Peer.Value.Trials));
    }
}
