using Nonsmooth.Answers;

namespace Nonsmooth.Tests.Answers;

public sealed class AmbiguityTests(ITestOutputHelper output)
{
    [Fact]
    public void AgreesWithExhaustiveSearchOnRandomTernaryNetworks()
    {
        var random = new Random(1);
        double largest = 0;
        int ambiguous = 0;
        for (int trial = 0; trial < 1000; trial++)
        {
            var network = TernaryNetwork.Draw(random, random.Next(2, 5), 4);
            var program = network.Trace();
            var answer = Ambiguity.At(program, Zeros(network), new AnswerOptions { Seed = (ulong)trial });
            Assert.Equal(network.IsAmbiguousAtZero() ? Verdict.Yes : Verdict.No, answer.Ambiguous);
            ambiguous += answer.Ambiguous == Verdict.Yes ? 1 : 0;
            largest = Math.Max(largest, answer.Cost.Ratio);
        }

        output.WriteLine($"{ambiguous} of 1000 ambiguous, largest cost ratio {largest:F3}");
        Assert.InRange(ambiguous, 200, 950);
        Assert.InRange(largest, 1, 9);
    }

    [Fact]
    public void TheEmittedProgramCountsWhatItIsPricedAt()
    {
        var random = new Random(2);
        for (int trial = 0; trial < 50; trial++)
        {
            var probe = Ambiguity.Probe(TernaryNetwork.Draw(random, 3, 4).Trace());
            Tensor[] inputs = [.. probe.Inputs.Select(i => Tensor.Generate(probe.Types[i.Value].Shape, _ => Counted.Variable(0.5)))];
            Assert.Equal(probe.UnitCount(), Counted.Measure(() => Interpreter.Evaluate<Counted>(probe, inputs)));
        }
    }

    [Fact]
    public void EveryKindOfKinkIsFoundAndNoneAtGenericPoints()
    {
        var random = new Random(3);
        foreach (var (name, program, point) in KinkedPrograms.All)
        {
            var answer = Ambiguity.At(program, [point]);
            Assert.True(answer.Ambiguous == Verdict.Yes, name);
            output.WriteLine($"{name}: {answer.Cost.Ratio:F2}");
            double[] generic = [.. point.Select(x => x + (0.1 * random.NextDouble()) + 0.01)];
            Assert.True(Ambiguity.At(program, [generic]).Ambiguous == Verdict.No, name);
        }
    }

    [Fact]
    public void TiesThatDoNotMatterAreCertified()
    {
        var program = Program.Trace(x => (Maximum(x, x + 0) + Scale(Relu(x), 0)).Sum(), new Shape(3));
        Assert.Equal(Verdict.No, Ambiguity.At(program, [new double[] { 0, 1, 2 }]).Ambiguous);
    }

    [Fact]
    public void AVectorIsRefused()
    {
        var program = Program.Trace(Relu, new Shape(3));
        Assert.Contains("one element", Assert.Throws<NonsmoothException>(() => Ambiguity.At(program, [new double[3]])).Message, StringComparison.Ordinal);
    }

    private static double[][] Zeros(TernaryNetwork network) => [.. Enumerable.Range(0, network.Inputs).Select(_ => new double[1])];
}
