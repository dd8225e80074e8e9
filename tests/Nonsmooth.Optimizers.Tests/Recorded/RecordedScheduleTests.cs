namespace Nonsmooth.Optimizers.Tests.Recorded;

/// <summary>Every schedule against the rates that those of PyTorch and optax had.</summary>
public sealed class RecordedScheduleTests
{
    public static TheoryData<string> Rows => [.. RecordedScheduleRows.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_schedule_has_their_rates(string name)
    {
        var recording = RecordedFiles.Schedules.Single(r => r.Name == name);
        var row = RecordedScheduleRows.All.Single(r => r.Name == name);

        // optax gives float32 numbers, some computed in float32.
        double tolerance = recording.Values.All(v => v == (float)v) || recording.Engine.StartsWith("optax", StringComparison.Ordinal) ? 1e-6 : 1e-12;
        double[] apart = [.. recording.Values.Select((value, t) => Math.Abs(value - row.Ours.RateAt(t + 1)) / recording.Values.Max())];
        Assert.All(apart.Take(row.Until), error => Assert.InRange(error, 0, tolerance));
        Assert.True(row.Until == 50 || apart[row.Until] > tolerance, $"step {row.Until + 1} no longer differs: raise the row's number");
        Assert.Equal(row.Until == 50, row.Reason.Length == 0);
    }

    [Fact]
    public void Every_recording_is_compared_or_lacking()
    {
        Assert.Equal(
            RecordedFiles.Schedules.Select(r => r.Name).Order(),
            RecordedScheduleRows.All.Select(r => r.Name).Concat(RecordedScheduleRows.Lacking.Keys).Order());
    }
}
