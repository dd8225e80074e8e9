using System.Diagnostics;
using Nonsmooth.Answers;

namespace Nonsmooth.Tests.Answers;

public sealed class DifferentiabilityTests(ITestOutputHelper output)
{
    private static readonly KinkBudget _large = new() { TiedUnits = 1000, Pieces = 100_000 };

    [Trait("Speed", "Slow")]
    [Fact]
    public void RightWithinItsBudgetOnFormulas()
    {
        var random = new Random(1);
        int satisfiable = 0;
        int trials = Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1" ? 400 : 100;
        for (int trial = 0; trial < trials; trial++)
        {
            var formula = new Formula(random, 4, random.Next(15, 40));
            var answer = Differentiability.At(formula.Trace(), formula.Zeros, _large with { Trials = trial % 2 });
            Assert.Equal(formula.IsSatisfiable ? Verdict.No : Verdict.Yes, answer.Verdict);
            satisfiable += formula.IsSatisfiable ? 1 : 0;
        }

        output.WriteLine($"{trials} formulas of 4 variables, {satisfiable} satisfiable, all right");
        Assert.InRange(satisfiable, trials / 4, 3 * trials / 4);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void UnknownBeyondTheBudgetAndNeverWrong()
    {
        var random = new Random(2);
        for (int n = 4; n <= 16; n++)
        {
            var verdicts = new List<Verdict>();
            double largest = 0;
            for (int trial = 0; trial < 8; trial++)
            {
                var formula = new Formula(random, n, (int)(4.3 * n));
                var program = formula.Trace();
                var answer = Differentiability.At(program, formula.Zeros);
                Assert.True(answer.Verdict == Verdict.Unknown || answer.Verdict == (formula.IsSatisfiable ? Verdict.No : Verdict.Yes));
                Assert.Equal(answer.Verdict == Verdict.Unknown, answer.Doubt is not null);
                verdicts.Add(answer.Verdict);
                var probe = Ambiguity.At(program, formula.Zeros);
                Assert.Equal(Verdict.Yes, probe.Ambiguous);
                largest = Math.Max(largest, probe.Cost.Ratio);
            }

            output.WriteLine($"n = {n}: {verdicts.Count(v => v == Verdict.Unknown)} of 8 unknown, probe at most {largest:F2} x");
            Assert.InRange(largest, 1, 9);
        }
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void ThePiecesGrowExponentially()
    {
        var random = new Random(3);
        double before = 0;
        for (int n = 3; n <= 5; n++)
        {
            Formula formula;
            do
            {
                formula = new Formula(random, n, 8 * n);
            }
            while (formula.IsSatisfiable);
            var clock = Stopwatch.StartNew();
            var answer = Differentiability.At(formula.Trace(), formula.Zeros, _large);
            Assert.Equal(Verdict.Yes, answer.Verdict);
            output.WriteLine($"n = {n}: {answer.TiedUnits} tied units, {answer.Pieces} pieces, {clock.Elapsed.TotalSeconds:F2} s");
            Assert.True(answer.Pieces > 2 * before);
            before = answer.Pieces;
        }
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void TheLimitOfPiecesIsKept()
    {
        var program = Program.Trace(x => Relu(Negate(Abs(x).Sum())), new Shape(10));
        var answer = Differentiability.At(program, [new double[10]], new KinkBudget { Pieces = 50 });
        Assert.Equal(Verdict.Unknown, answer.Verdict);
        Assert.Equal(50, answer.Pieces);
        Assert.Equal(Verdict.Yes, Differentiability.At(program, [new double[10]]).Verdict);
    }

    [Fact]
    public void KindsOfKinksAreAnsweredLikeDifferencesDo()
    {
        foreach (var (name, program, point) in KinkedPrograms.All)
        {
            var answer = Differentiability.At(program, [point], new KinkBudget { Trials = 0, TiedUnits = 40 });
            if (name is "norms" or "norm pool")
            {
                Assert.Contains("2-norm", answer.Doubt, StringComparison.Ordinal);
                continue;
            }

            var expected = name is "cancelling" or "nested" ? Verdict.Yes : Verdict.No;
            Assert.True(expected == answer.Verdict || name == "nested", $"{name}: {answer}");
        }
    }
}
