using Nonsmooth.Tests.Arithmetic;

namespace Nonsmooth.Solutions.Tests.Proofs;

/// <summary>Bounds of one kind of problem beside their errors in exact fractions.</summary>
internal sealed class BoundTrials(string kind, Func<SolutionMap, double[][], Solution, double[][], Rational[][]?> truthOf)
{
    private readonly List<double> _ratios = [];

    public int Count { get; private set; }

    /// <summary>Bounds that are labelled proved.</summary>
    public int Proved { get; private set; }

    public int Estimated { get; private set; }

    public int Infinite { get; private set; }

    /// <summary>Rough solutions at which there is no gradient at all.</summary>
    public int Refused { get; private set; }

    /// <summary>Problems whose candidate the exact conditions refute, or whose conditions do not hold strictly.</summary>
    public int WithoutTruth { get; private set; }

    public int Violated { get; private set; }

    public int EstimatesViolated { get; private set; }

    /// <summary>Proofs of problems of which no candidate holds strictly.</summary>
    public int WronglyProved { get; private set; }

    public double MedianRatio => _ratios.Count == 0 ? double.NaN : _ratios.Order().ElementAt(_ratios.Count / 2);

    public void Try(SolutionMap rough, SolutionMap exact, IReadOnlyList<Tensor<double>> problem, CounterRandom random)
    {
        Count++;
        var candidate = exact.Report(problem)[0].Solution;
        double[][] cotangents = [.. candidate.Values.Select((v, i) => Drawn.Normal(random.Derive((ulong)i), "cotangent", v.Length).Elements)];
        GradientBound bound;
        try
        {
            bound = rough.Report(problem)[0].Bound(cotangents);
        }
        catch (SingularSolutionException)
        {
            Refused++;
            return;
        }

        var truth = truthOf(exact, [.. problem.Select(t => t.Elements)], candidate, cotangents);
        WithoutTruth += truth is null ? 1 : 0;
        WronglyProved += truth is null && bound.IsProved ? 1 : 0;
        Proved += bound.IsProved ? 1 : 0;
        Infinite += double.IsInfinity(bound.Bound) ? 1 : 0;
        Estimated += !bound.IsProved && double.IsFinite(bound.Bound) ? 1 : 0;
        if (truth is null || double.IsInfinity(bound.Bound))
        {
            return;
        }

        Rational square = 0;
        for (int p = 0; p < truth.Length; p++)
        {
            for (int i = 0; i < truth[p].Length; i++)
            {
                var apart = truth[p][i] - bound.Gradient[p][i];
                square += apart * apart;
            }
        }

        bool isViolated = square > (Rational)bound.Bound * bound.Bound;
        Violated += isViolated && bound.IsProved ? 1 : 0;
        EstimatesViolated += isViolated && !bound.IsProved ? 1 : 0;
        if (square.Sign > 0)
        {
            _ratios.Add(bound.Bound / Math.Sqrt(square.Near()));
        }
    }

    public override string ToString() => FormattableString.Invariant(
        $"{kind}: {Count} trials, {Proved} proved ({Violated} violated, {WronglyProved} wrongly), {Estimated} estimates ({EstimatesViolated} violated), {Infinite} infinite, {Refused} refused; {WithoutTruth} not strict; bound/error {MedianRatio:G3} in the median");
}
