using Nonsmooth.Answers;

namespace Nonsmooth.Tests.Answers;

public sealed class TwoClarkeElementsTests
{
    [Trait("Speed", "Slow")]
    [Fact]
    public void AgreesWithGradientsAroundRandomTernaryNetworks()
    {
        var random = new Random(4);
        int two = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            var network = TernaryNetwork.Draw(random, 3, 3);
            double[][] zeros = [.. Enumerable.Range(0, network.Inputs).Select(_ => new double[1])];
            var answer = TwoClarkeElements.At(network.Trace(), zeros, new KinkBudget { Trials = trial % 2 });
            var around = Enumerable.Range(0, 400).Select(_ => network.GradientAt([.. zeros.Select(_ => random.NextDouble() - 0.5)])).ToList();
            Assert.Equal(around.TrueForAll(g => g.SequenceEqual(around[0])) ? Verdict.No : Verdict.Yes, answer.Verdict);
            if (answer.Verdict == Verdict.Yes)
            {
                two++;
                Assert.Contains(around, g => g.SequenceEqual(answer.First!.Gradient.Select(a => a[0])));
                Assert.Contains(around, g => g.SequenceEqual(answer.Second!.Gradient.Select(a => a[0])));
            }
        }

        Assert.InRange(two, 50, 250);
    }

    [Fact]
    public void PiecesBetweenCurvesAreNotCertifiedAway()
    {
        // Between y = 0 and y = x² the slope in y is 1, and no straight direction goes there.
        var program = Program.Trace((x, y) => Relu(y) - Relu(y - Square(x)), Shape.Scalar, Shape.Scalar);
        Assert.Equal(Verdict.Unknown, TwoClarkeElements.At(program, [new double[1], new double[1]]).Verdict);
        Assert.Equal(Verdict.Yes, Differentiability.At(program, [new double[1], new double[1]]).Verdict);
    }
}
