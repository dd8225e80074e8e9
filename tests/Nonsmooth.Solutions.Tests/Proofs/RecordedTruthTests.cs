namespace Nonsmooth.Solutions.Tests.Proofs;

/// <summary>Bounds against derivatives that were recorded at 60 digits and rounded.</summary>
public sealed class RecordedTruthTests
{
    [Fact]
    public void NoBoundIsExceededAndNothingIsProvedWhereThereIsNoOneGradient()
    {
        int proved = 0;
        int estimated = 0;
        int infinite = 0;
        int apart = 0;
        foreach (var problem in RecordedProblem.Read())
        {
            if (problem.Expected == "refuse")
            {
                Assert.ThrowsAny<SolutionException>(() => problem.Map.Report(problem.Parameters)[0].Bound(problem.Cotangents));
                continue;
            }

            GradientBound bound;
            try
            {
                bound = problem.Map.Report(problem.Parameters)[0].Bound(problem.Cotangents);
            }
            catch (SolutionException e) when (problem.Expected == "set")
            {
                Console.WriteLine($"{problem.Name}: refused, {e.Message}");
                continue;
            }

            if (problem.Expected == "set" && !problem.Name.StartsWith("ot_", StringComparison.Ordinal))
            {
                apart++;
                Assert.False(bound.IsProved, problem.Name);
                continue;
            }

            double square = 0;
            double size = 0;
            int compared = 0;
            foreach (var (name, expected) in problem.Truth)
            {
                if (problem.Named(bound.Gradient, name) is { } given)
                {
                    compared++;
                    square += given.Zip(expected, (g, e) => (g - e) * (g - e)).Sum();
                    size += expected.Sum(e => e * e);
                }
            }

            // What the recording rounded, and of one problem what it says of itself.
            double slack = (problem.Name == "qp_scaled_columns_mixed" ? 1e-6 : 1e-15) * Math.Sqrt(size);
            Console.WriteLine(FormattableString.Invariant($"{problem.Name}: error {Math.Sqrt(square):G3}, bound {bound.Bound:G3}, proved {bound.IsProved}: {bound.Reason}"));
            Assert.True(compared > 0, problem.Name);
            Assert.True(Math.Sqrt(square) <= bound.Bound + slack, $"{problem.Name}: {Math.Sqrt(square)} > {bound.Bound}");
            proved += bound.IsProved ? 1 : 0;
            infinite += double.IsInfinity(bound.Bound) ? 1 : 0;
            estimated += !bound.IsProved && double.IsFinite(bound.Bound) ? 1 : 0;
        }

        Console.WriteLine($"recorded: {proved} proved, {estimated} estimates, {infinite} infinite, {apart} without one gradient and not proved");
        Assert.Equal((17, 10, 0, 11), (proved, estimated, infinite, apart));
    }
}
