using Nonsmooth.Training.Objectives;

namespace Nonsmooth.Training.Tests.Objectives;

public sealed class MetricsTests
{
    [Fact]
    public void AccuracyTakesTheFirstOfTheLargestAndNoNaN()
    {
        // Rows: right, a tie whose first is wrong, NaN, right.
        var batch = new Batch([1, 3, 2, 5, 5, 0, 1, float.NaN, 9, 4, 0, 0], [1, 1, 2, 0]);
        Assert.Equal((2, 4), Metrics.Accuracy("y").Of(batch));
        Assert.Equal((1, 3), (Metrics.Accuracy("y") with { Ignored = 0 }).Of(batch));
    }

    [Fact]
    public void AccuracyOfPlanesHasClassesOutside()
    {
        // One example, two classes of three places.
        var batch = new Batch([1, 5, 0, 2, 4, 7], [1, 0, 0]);
        Assert.Equal((2, 3), (Metrics.Accuracy("y") with { Inner = 3 }).Of(batch));
    }

    [Fact]
    public void ErrorsAreMeansOverElements()
    {
        var batch = new Batch([1, 2, 3], [4, 2, 1]);
        Assert.Equal((5, 3), Metrics.MeanAbsoluteError("y").Of(batch));
        Assert.Equal((13, 3), Metrics.MeanSquaredError("y").Of(batch));
        Assert.Contains("has 2", Assert.Throws<NonsmoothException>(() => Metrics.MeanAbsoluteError("y").Of(new Batch([1, 2, 3], [4, 2]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PerplexityIsOfTheMeanLossAndOnesOwnIsAMeanOverExamples()
    {
        var batch = new Batch([1], [1]);
        var perplexity = Metrics.Perplexity();
        var (sum, weight) = perplexity.Of(batch);
        Assert.Equal(Math.Exp(0.5), perplexity.Value(sum / weight), 12);
        Assert.Equal((14, 2), Metrics.Of("own", b => b.Output()[0] + 6).Of(batch));
    }

    private sealed class Batch(float[] output, long[] targets) : MetricBatch
    {
        public override int Count => 2;

        public override double Loss => 0.5;

        public override ReadOnlySpan<float> Output(string? name = null) => output;

        public override ReadOnlySpan<float> Real(string field) => targets.Select(t => (float)t).ToArray();

        public override ReadOnlySpan<long> Index(string field) => targets;
    }
}
