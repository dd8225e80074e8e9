namespace Nonsmooth.Optimizers.Tests.Recorded;

/// <summary>Every optimizer against the trajectories that PyTorch and optax took.</summary>
public sealed class RecordedTrajectoryTests
{
    public static TheoryData<string> Rows => [.. RecordedRows.All.Select(row => row.Name)];

    public static TheoryData<string> Differences => [.. RecordedDifferences.All.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_optimizer_goes_where_theirs_went(string name)
    {
        var row = RecordedRows.All.Single(r => r.Name == name);
        var mine = RecordedFiles.Optimizers.Where(r => RecordedRows.Find(r) == row && row.Compares(r)).ToArray();
        Assert.NotEmpty(mine);
        string[] wrong =
        [
            .. from recording in mine
               where RecordedDifferences.Find(recording) is null
               let error = RecordedRun.Error(row, recording)
               where !(error <= RecordedRun.Tolerance(recording))
               select $"{recording}: {error:E1}",
        ];
        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Theory]
    [MemberData(nameof(Differences))]
    public void A_named_difference_is_one(string name)
    {
        var difference = RecordedDifferences.All.Single(d => d.Name == name);
        var mine = RecordedFiles.Optimizers.Where(r => RecordedDifferences.Find(r) == difference && RecordedRows.Find(r)!.Compares(r)).ToArray();
        Assert.NotEmpty(mine);
        double[] errors = [.. mine.Select(r => RecordedRun.Error(RecordedRows.Find(r)!, r))];
        Assert.True(
            mine.Zip(errors).Any(m => m.Second > RecordedRun.Tolerance(m.First)),
            $"{name} no longer differs ({string.Join(", ", mine.Zip(errors, (r, e) => $"{r.Problem} {r.Dtype} {e:E1}"))}): take its row out");
        Assert.All(errors.Zip(mine), e => Assert.True(e.First <= Math.Max(difference.Bound, RecordedRun.Tolerance(e.Second)), $"{e.Second}: {e.First:E1}"));
    }

    [Fact]
    public void Every_recording_is_compared_or_lacking()
    {
        foreach (var recording in RecordedFiles.Optimizers)
        {
            bool lacking = RecordedLacking.Optimizers.ContainsKey($"{recording.Library} {recording.Optimizer}");
            Assert.True(lacking != (RecordedRows.Find(recording) is not null), $"{recording}: give it a row in {nameof(RecordedRows)} or in {nameof(RecordedLacking)}, not both");
        }

        Assert.All(RecordedLacking.Settings.Keys, key => Assert.Contains(RecordedFiles.Optimizers, r => r.Settings.ContainsKey(key)));
        Assert.All(RecordedLacking.Optimizers.Keys, name => Assert.Contains(RecordedFiles.Optimizers, r => $"{r.Library} {r.Optimizer}" == name));
    }
}
