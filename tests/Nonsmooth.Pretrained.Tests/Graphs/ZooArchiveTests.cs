using System.Diagnostics;
using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Pretrained.Graphs;
using Nonsmooth.Programs;

namespace Nonsmooth.Pretrained.Tests.Graphs;

/// <summary>Architectures at full size, exported without weights: their graphs become programs from shapes alone.</summary>
[Trait("Speed", "Slow")]
public sealed class ZooArchiveTests(ITestOutputHelper output)
{
    public static TheoryData<string> Archives => SharedFiles.Archives("zoo");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Archives))]
    public void GraphsWithoutWeightsAreImported(string file)
    {
        var archive = ArchiveFile.Read(SharedFiles.Find("zoo", file));
        long begun = Stopwatch.GetTimestamp(), before = GC.GetAllocatedBytesForCurrentThread();
        var imported = ArchiveImport.Import(archive);
        output.WriteLine($"{file}: {archive.Graph.Nodes.Count} nodes, {imported.Program.Nodes.Count} in the program, {imported.Weights.Count} weights, {Stopwatch.GetElapsedTime(begun).TotalMilliseconds:F0} ms, {(GC.GetAllocatedBytesForCurrentThread() - before) >> 20} MiB");
        Assert.NotEmpty(imported.Weights);
        Assert.DoesNotContain(imported.Weights, w => w.Role == InputRole.Parameter && w.Stored.IsPresent);
        Assert.Throws<ArchiveException>(() => imported.Weights[0].Elements);
    }
}
