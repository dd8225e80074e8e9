using Nonsmooth.Arithmetic;
using Nonsmooth.Cost;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The prices of all strategies for one vjp of a fixed point, and the cheapest that is exact enough.</summary>
/// <remarks>
/// With C_v the price of one backward sweep of the step and its value: dense n·C_v + 2n³/3 + 6n² + C_v (solved and refined once), Krylov (k + 1)·C_v and
/// 4kn of orthogonalisation per iteration, Neumann J·C_v, one step C_v, unrolled K·C_v with K steps to make the iterates again. J is the
/// least number with ρᴶ below the accuracy; k, at most n, that of GMRES for eigenvalues spread evenly over the disc of radius ρ. Source:
/// complexity specification, 5; Kuijlaars (2006), Convergence analysis of Krylov subspace iterations with methods from potential theory.
/// </remarks>
/// <param name="Prices">One a strategy, dearest last.</param>
/// <param name="Recommended">The cheapest with an error of at most the accuracy.</param>
public sealed record StrategyAdvice(IReadOnlyList<StrategyPrice> Prices, StrategyPrice Recommended)
{
    /// <summary>Prices the strategies before anything runs.</summary>
    /// <param name="map">The fixed point.</param>
    /// <param name="contraction">ρ, by which a step shrinks the error: in (0, 1).</param>
    /// <param name="iterations">K, the solver's iterations; those that reach the accuracy without.</param>
    /// <param name="accuracy">The relative error that a gradient may have. Default 1e-8.</param>
    /// <param name="memory">Words that may be kept. Default no limit.</param>
    /// <param name="nonlinear">The cost of a nonlinear operation. Default 1.</param>
    /// <param name="algebra">
    /// The cost of an operation of dense algebra (factors, orthogonalisation), one of the step's program being 1. Default 0.25: with the
    /// interpreter, which runs programs, it was measured to be about that.
    /// </param>
    /// <exception cref="NonsmoothException">ρ is not in (0, 1), or no strategy fits the memory.</exception>
    public static StrategyAdvice For(
        FixedPoint map, double contraction, int? iterations = null, double accuracy = 1e-8, double memory = double.PositiveInfinity, double nonlinear = 1, double algebra = 0.25)
    {
        if (contraction is not (> 0 and < 1))
        {
            throw new NonsmoothException(FormattableString.Invariant($"a contraction factor of {contraction}: give one between 0 and 1"));
        }

        var program = UnknownProgram.Of(map.Step, map.Unknown);
        var model = new UnitModel(nonlinear);
        int needed = Math.Max(1, (int)Math.Ceiling(Math.Log(accuracy) / Math.Log(contraction)));
        int krylov = KrylovSteps(program.Size, contraction, accuracy);
        int steps = iterations ?? needed;
        double n = program.Size;
        double tape = TapeWords(map.Step);
        StrategyPrice[] prices =
        [
            Price(Strategy.Dense, n * n, 0),
            Price(new Krylov(accuracy, krylov), (krylov + 1) * n, accuracy) with { Strategy = new Krylov(accuracy, program.Size) },
            Price(new Neumann(needed), 2 * n, Math.Pow(contraction, needed)),
            Price(Strategy.OneStep, n, contraction),
            Price(new Unrolled(steps), steps * tape, Math.Pow(contraction, steps)),
        ];
        prices = [.. prices.OrderBy(p => p.Work)];
        return new(prices, prices.FirstOrDefault(p => p.Error <= accuracy && p.Memory <= memory)
            ?? throw new NonsmoothException(FormattableString.Invariant($"no strategy with an error of {accuracy:G3} fits {memory} words: the least is {prices.Where(p => p.Error <= accuracy).Min(p => p.Memory)}")));

        StrategyPrice Price(Strategy strategy, double words, double error) =>
            new(strategy, model.Cost(Sweeps(program, strategy)) + (algebra * model.Cost(Algebra(program, strategy))), words + tape, error);
    }

    // Eigenvalues spread evenly over the disc of the contraction's radius: after k = tn steps the residual is
    // exp(n(t log ρ − t/2 − ½(1 − t) log(1 − t))), about ρᵏ exp(−k²/4n).
    private static int KrylovSteps(int n, double contraction, double accuracy)
    {
        for (int k = 1; k < n; k++)
        {
            double t = (double)k / n;
            if (n * ((t * Math.Log(contraction)) - (t / 2) - ((1 - t) / 2 * Math.Log(1 - t))) <= Math.Log(accuracy))
            {
                return k;
            }
        }

        return n;
    }

    /// <summary>The nominal count of one vjp.</summary>
    internal static OperationCount Count(UnknownProgram program, Strategy strategy) => Sweeps(program, strategy) + Algebra(program, strategy);

    private static OperationCount Sweeps(UnknownProgram program, Strategy strategy)
    {
        long n = program.Size;
        var sweep = program.Backward.Count();
        return strategy switch
        {
            Krylov k => (Math.Min(k.Most, n) + 1) * sweep,
            Neumann j => j.Terms * (sweep + OperationCount.Of(ScalarOperation.Add, n)),
            Unrolled u => u.Steps * (sweep + program.Program.Count() + OperationCount.Of(ScalarOperation.Add, program.ParameterCount)),
            _ => (n * program.Forward.Count()) + sweep,
        };
    }

    private static OperationCount Algebra(UnknownProgram program, Strategy strategy)
    {
        long n = program.Size;
        return strategy switch
        {
            Krylov k => DenseCount.MultiplyAdds(2 * Math.Min(k.Most, n) * Math.Min(k.Most, n) * n),
            Neumann or Unrolled => default,
            _ => DenseCount.Factor(n) + DenseCount.Refined(n),
        };
    }

    private static double TapeWords(Program step) =>
        step.Nodes.SelectMany(node => node.Results).Sum(r => step.Types[r].Kind == ElementKind.Real ? (double)step.Types[r].Shape.Count64 : 0);
}
