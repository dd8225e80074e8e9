using Nonsmooth.Cli.Runs;
using Nonsmooth.Data.Files;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Runs;

/// <summary>What a page of runs answers first, in every case.</summary>
public sealed class RunWordsTests
{
    private readonly List<RunRecord> _runs = [];

    [Fact]
    public void OneRunSaysWhatItReached()
    {
        Add("a", [0.5, 0.9]);
        Assert.Equal(["90.00 % of the test examples are answered rightly after 2 of 3 epochs and 2.5 s."], Verdict());
    }

    [Fact]
    public void ARunWithoutAccuracySaysItsLoss()
    {
        Add("a", [double.NaN]);
        Assert.Equal("The test loss is 1.2 after 1 of 3 epochs and 1.5 s.", Verdict()[0]);
    }

    [Fact]
    public void ARunThatHasNotFinishedAnEpochOrWasBrokenOffSaysSo()
    {
        Add("a", [], status: "running");
        Assert.Equal(
            [
                "Nothing can be said of unseen examples yet: the first epoch is not done.",
                "The run was broken off at step 0 of 6, by a kill or an error: the same command with --resume goes on from its last checkpoint.",
            ],
            Verdict());
    }

    [Fact]
    public void ARunThatGoesOnSaysWhereItIs()
    {
        using var folder = new TemporaryFolder();
        string path = MadeRun.Write(folder, "a", [0.5], status: "running");
        using (FolderLock.Open(path))
        {
            _runs.AddRange(RunReader.Read([path]));
        }

        Assert.Equal("The run is still going: step 2 of 6.", Verdict()[1]);
    }

    [Fact]
    public void OneSeedEachCannotTell()
    {
        Add("a", [0.9], optimizer: "sgd");
        Add("b", [0.8, 0.95]);
        Assert.Equal(
            [
                "b ended best by test accuracy, 5 points ahead of a (b 95.00 %, a 90.00 %), but one seed each cannot tell a better setting from luck: nonsmooth compare runs enough.",
                "They differ in optimizer.",
                "a took the least time, 1.5 s; b the most, 2.5 s.",
            ],
            Verdict());
    }

    [Theory]
    [InlineData(6, 0.01, "better", "a is better than b by test accuracy: by 1 point, over 6 seeds that both have.")]
    [InlineData(6, 0, "same", "a and b end with the same test accuracy, 90.00 %.")]
    [InlineData(5, 0.01, "few", "but 5 seeds each cannot tell a better setting from luck")]
    public void SeedsThatBothHaveDecide(int seeds, double apart, string name, string expected)
    {
        for (int seed = 0; seed < seeds; seed++)
        {
            Add($"a{name}{seed}", [0.9], seed: $"{seed}", optimizer: "sgd");
            Add($"b{name}{seed}", [0.9 - apart], seed: $"{seed}");
        }

        string first = Verdict()[0].Replace($"a{name}0 and {seeds - 1} more", "a", StringComparison.Ordinal).Replace($"b{name}0 and {seeds - 1} more", "b", StringComparison.Ordinal);
        Assert.Contains(expected, first, StringComparison.Ordinal);
    }

    [Fact]
    public void SettingsThatNoiseHidesCannotBeToldApart()
    {
        for (int seed = 0; seed < 6; seed++)
        {
            Add($"a{seed}", [0.9], seed: $"{seed}", optimizer: "sgd");
            Add($"b{seed}", [0.89 + (seed % 2 * 0.03)], seed: $"{seed}");
        }

        Assert.Contains("cannot be told apart by test accuracy, over 6 seeds that both have", Verdict()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void SeedsOfOneSettingSpread()
    {
        Add("a", [0.9], seed: "1");
        Add("b", [0.8], seed: "2");
        Assert.Equal("These runs differ in their seed alone: their test accuracy is between 80.00 % and 90.00 %, which is what luck does.", Verdict()[0]);
        Assert.Equal("They differ in seed.", Verdict()[1]);
    }

    [Fact]
    public void TheSameRunTwiceSaysSo()
    {
        Add("a", [0.9]);
        Add("b", [0.9]);
        Assert.Equal(["These runs have the same settings and the same seed: all have a test accuracy of 90.00 %."], Verdict());
    }

    [Fact]
    public void OtherDataCannotBeComparedAndOtherNetworksCan()
    {
        Add("a", [0.9], network: "mlp:784-10");
        Add("b", [0.8]);
        Assert.StartsWith("a ended best by test accuracy, 10 points ahead of b", Verdict()[0], StringComparison.Ordinal);
        Assert.Equal("They differ in network.", Verdict()[1]);
        Add("c", [0.8], data: "mnist");
        Assert.Equal("These runs are of different data (strokes, mnist), so their results cannot be compared.", Verdict()[0]);
    }

    [Fact]
    public void RunsThatHaveNoEpochYetAreNotCompared()
    {
        Add("a", [0.9], optimizer: "sgd");
        Add("b", [], status: "interrupted");
        Assert.Equal("There is nothing to compare yet: fewer than two of the runs have finished an epoch.", Verdict()[0]);
        Assert.Equal("b was stopped at step 0 of 6: the same command with --resume goes on.", Verdict()[^1]);
    }

    private void Add(string name, double[] accuracies, string status = "complete", string seed = "0", string data = "strokes", string network = "lenet5", string optimizer = "adamw")
    {
        using var folder = new TemporaryFolder();
        _runs.AddRange(RunReader.Read([MadeRun.Write(folder, name, accuracies, status, seed, data, network, optimizer)]));
    }

    private IReadOnlyList<string> Verdict() => RunWords.Verdict(_runs);
}
