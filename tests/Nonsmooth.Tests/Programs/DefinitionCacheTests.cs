namespace Nonsmooth.Tests.Programs;

public sealed class DefinitionCacheTests
{
    [Fact]
    public void TwoThousandBatchSizesKeepABoundedNumberOfDefinitions()
    {
        var usual = Definition(100_000);
        var all = new List<WeakReference>();
        for (int batch = 1; batch <= 2000; batch++)
        {
            all.Add(Define(batch));

            // What is asked for again and again stays.
            Assert.Same(usual, Definition(100_000));
        }

        GC.Collect();
        Assert.InRange(all.Count(d => d.IsAlive), 1, 512);
    }

    // Apart, so that no local keeps it.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference Define(int batch) => new(Definition(batch));

    private static Program Definition(int batch) =>
        new Huber(0.75).Definition([TensorType.Real(new Shape(batch)), TensorType.Real(new Shape(batch))]);
}
