using Nonsmooth.Arithmetic;
using Nonsmooth.Cost;
using Nonsmooth.Dictionary;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The fixed point x = T(θ, x) of a program that contracts in x: a deep equilibrium layer, a solver's own iteration.</summary>
/// <remarks>
/// <para>Parameters are the program's inputs but the unknown, in their order; the result is x, and a state of no elements. The iteration
/// starts at <see cref="Start"/> and ends when the bound step·ρ/(1 − ρ) is below the tolerance, ρ being the ratio of the last steps. One that does not
/// contract is refused, and so is a series of <see cref="Neumann"/> of five terms or more whose last terms grow.</para>
/// <para>Kinks are those of T at the fixed point; there the derivative takes T's default selection, and the directional derivative is the fixed point of
/// T's. The theorem's condition, 1 − J invertible for every element J of T's Jacobian, holds where T contracts in a norm; a report proves it in intervals
/// around the solution, and says <see cref="Nonsmooth.Solutions.Invertibility.Unknown"/> at kinks and where intervals do not tell.</para>
/// <para>With the strategy <see cref="Neumann"/> an executor iterates with its own programs, in its own arithmetic: a minibatch of
/// deep equilibrium layers is then one fixed point, trained in the memory of one step.</para>
/// <para>Counts: <see cref="NominalIterations"/> steps; the derivative's are the strategy's, see <see cref="StrategyAdvice"/>.</para>
/// </remarks>
public sealed record FixedPoint : SolutionMap, ILoopFunction
{
    private const double _exact = 1e-12;
    private const double _unit = 1.0 / (1L << 53);

    /// <summary>A fixed point.</summary>
    /// <param name="step">T, with one result.</param>
    /// <param name="unknown">The name of the input that is x, of the result's type.</param>
    /// <exception cref="ShapeException">The result is not like the unknown, or an input is not real.</exception>
    public FixedPoint(Program step, string unknown = "x")
    {
        (Step, Unknown) = (step, unknown);
        _ = UnknownProgram.Of(step, unknown);
    }

    /// <summary>T.</summary>
    public Program Step { get; }

    /// <summary>The input that is x.</summary>
    public string Unknown { get; }

    /// <summary>How the linear system is dealt with. Default dense.</summary>
    public Strategy Strategy { get; init; } = Strategy.Dense;

    /// <summary>The error at which the iteration stops, relative to |x|, or to the first step where that is longer. Default 1e-13.</summary>
    public double Tolerance { get; init; } = 1e-13;

    /// <summary>How many steps are made before giving up. Default 100,000.</summary>
    public int Most { get; init; } = 100_000;

    /// <summary>Where the iteration begins, and Newton's method; 0 without one. Of several fixed points it decides which one is found.</summary>
    public IReadOnlyList<double>? Start { get; init; }

    /// <summary>How many steps Anderson's mixing combines before the plain iteration, which tells whether it contracts; 0 for none. 5 to 10 spare most steps of slow contractions. Default 0.</summary>
    public int Memory { get; init; }

    /// <summary>How many steps counts assume. Default 50.</summary>
    public int NominalIterations { get; init; } = 50;

    /// <inheritdoc/>
    public override string Name => "fixed_point";

    /// <inheritdoc/>
    public override string Attributes => Strategy is ImplicitDense ? "" : Strategy.ToString();

    /// <inheritdoc/>
    public override string Border => "where the step has one at the fixed point";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => UnknownProgram.Of(Step, Unknown).Parameters;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters) => UnknownProgram.Of(Step, Unknown).Check(parameters);

    /// <inheritdoc/>
    public override Solution Solve(Problem problem)
    {
        var program = UnknownProgram.Of(Step, Unknown);
        try
        {
            return Iterated(program, problem);
        }
        catch (NotContractingException) when (Strategy is ImplicitDense or Krylov)
        {
            if (Newton(program, problem) is { } found)
            {
                return found;
            }

            throw;
        }
    }

    // Of an iteration that does not contract: the equation x − T(x) = 0 itself.
    private Solution? Newton(UnknownProgram program, Problem problem)
    {
        double[] Residual(double[] x) => [.. x.Zip(program.Value(problem.Values, x), (a, b) => a - b)];
        try
        {
            var (x, steps) = DampedNewton.Run(Residual, x => At(problem, x, Strategy.Dense), program.Begin(Start));
            double left = Dense.Largest(Residual(x));
            return left <= _exact * (1 + Dense.Largest(x)) ? new Solution([x], []) { Residual = left, Iterations = steps } : null;
        }
        catch (SingularSolutionException)
        {
            // No root by this method either: what the iteration said is the reason.
            return null;
        }
    }

    private Solution Iterated(UnknownProgram program, Problem problem)
    {
        var (x, mixed) = Memory > 0
            ? Anderson.Run(at => program.Value(problem.Values, at), program.Begin(Start), Memory, 0.1 * Tolerance, Most)
            : (program.Begin(Start), 0);
        var contraction = new Contraction(Tolerance, Most, _unit);
        while (true)
        {
            double[] next = program.Value(problem.Values, x);
            double step = Dense.Length([[.. next.Zip(x, (a, b) => a - b)]]);
            x = next;
            if (contraction.Reaches(step, Dense.Largest(next)))
            {
                return new Solution([x], []) { Residual = step, Iterations = mixed + contraction.Count };
            }
        }
    }

    /// <summary>Whether an executor iterates by itself: one problem, and a derivative by the terms of <see cref="Neumann"/>.</summary>
    public bool LoopsOver(IReadOnlyList<TensorType> arguments) =>
        Strategy is Neumann && Start is null && Memory == 0 && Parameters.Zip(arguments, (p, a) => a.Shape.Rank == p.Rank).All(same => same);

    /// <inheritdoc/>
    public IReadOnlyList<TValue> Loop<TValue>(IProgramRunner<TValue> runner, IReadOnlyList<TValue> arguments)
        where TValue : class, IDisposable => FixedPointLoop.Solve(this, runner, arguments);

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak) => At(problem, solution.Values[0], Strategy);

    /// <inheritdoc/>
    public override SolutionDerivative DifferentiateExactly(Problem problem, Solution solution, ActivityRule weak) =>
        At(problem, solution.Values[0], Strategy.Dense);

    /// <inheritdoc/>
    public override Refinement Refine(Problem problem, Solution solution)
    {
        var program = UnknownProgram.Of(Step, Unknown);
        return NewtonRefinement.Of(
            x => [.. x.Zip(program.Value(problem.Values, x), (a, b) => a - b)], x => At(problem, x, Strategy.Dense), solution.Values[0]);
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece) =>
        [piece.Values[0] - piece.Builder.Inline(Step, UnknownProgram.Of(Step, Unknown).Inputs(piece.Parameters, piece.Values[0]))[0]];

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) => NominalIterations * Step.Count();

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters) =>
        StrategyAdvice.Count(UnknownProgram.Of(Step, Unknown), Strategy);

    private ImplicitDerivative At(Problem problem, double[] x, Strategy strategy) =>
        new(UnknownProgram.Of(Step, Unknown), problem.Values, x, strategy, fixedPoint: true) { Start = Start };
}

public static partial class Solve
{
    /// <summary>The fixed point of a program in its input <c>x</c>; its other inputs in their order.</summary>
    public static Variable FixedPoint(Program step, params ReadOnlySpan<Variable> parameters) =>
        parameters[0].Builder.ApplyAll(new FixedPoint(step), parameters)[0];
}
