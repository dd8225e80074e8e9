using Nonsmooth.Cli.Studies;
using Nonsmooth.Cluster;
using Nonsmooth.Data;

namespace Nonsmooth.Cli.Tests.Studies;

public sealed class MeasuredPartsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void RowsAreInTheStudysOrderWhoeverMeasuresThem(int size)
    {
        ReproductionPart[] parts = [Whole("a"), Whole("b"), Shared("c"), Whole("d"), Shared("e"), Shared("f"), Whole("g"), Whole("h"), Whole("i")];
        var written = new List<string>();
        double share = 0;
        var (rows, interrupted) = Measure(size, parts, row => written.Add(row.Setting), (part, _) => share = part);
        Assert.False(interrupted);
        Assert.Equal(["a", "b", "c", "d", "e", "f", "g", "h", "i"], rows.Select(r => r.Setting));
        Assert.Equal([7, 7, 5, 7, 5, 5, 7, 7, 7], rows.Select(r => r.Value!.Value));
        Assert.Equal(rows.Select(r => r.Setting), written.Order());
        Assert.Equal(1, share, 9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void WhatWasMeasuredBeforeAStopIsShown(int size)
    {
        using var stop = new CancellationTokenSource();
        ReproductionPart stops = ReproductionPart.Of("stops", own =>
        {
            stop.Cancel();
            own.Stop.ThrowIfCancellationRequested();
            return Row("stops", 0);
        });
        var (rows, interrupted) = Measure(size, [Shared("a"), stops, Shared("b")], _ => { }, (_, _) => { }, stop.Token);
        Assert.True(interrupted);
        Assert.Equal(["a"], rows.Select(r => r.Setting));
    }

    private static ReproductionPart Whole(string name) => ReproductionPart.Of(name, own =>
    {
        Assert.Equal(1, own.Queue.Size);
        own.Progress(0.5, name);
        return Row(name, 7);
    });

    private static ReproductionPart Shared(string name) => ReproductionPart.Of(name, own => Row(name, own.Queue.Run(new WorkList<string>(5, item => $"{item.Index}")
    {
        Progress = (share, _) => own.Progress(share, name),
    }).Count)) with { IsShared = true };

    private static ReproductionRow Row(string setting, double value) => new(setting, "count", "", value, null, null, "", 0);

    private static MeasuredParts Measure(
        int size, ReproductionPart[] parts, Action<ReproductionRow> write, Action<double, string> progress, CancellationToken stop = default)
    {
        MeasuredParts? first = null;
        Ranks.Run(MpiLaunch.None, size, ranks => WorkQueue.Over(ranks, queue =>
        {
            bool isFirst = queue.Rank == 0;
            var request = new ReproduceRequest(
                false, null, null, null, new DrawLog(null), DataLocations.None, isFirst ? progress : (_, _) => { }, queue, isFirst ? stop : CancellationToken.None);
            var own = MeasuredParts.Of(parts, request, isFirst ? write : _ => { });
            first = isFirst ? own : first;
        }));
        return first!;
    }
}
