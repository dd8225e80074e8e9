using Nonsmooth.Arithmetic;
using Nonsmooth.Cost;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The solution x of F(θ, x) = 0 for a program F and any solver: root finding, stationarity, equilibria.</summary>
/// <remarks>
/// <para>Parameters are the program's inputs but the unknown, in their order; the result is x, and a state of no elements. Whatever the solver
/// answers is checked: a residual above <see cref="Tolerance"/> is an error, and so is a Newton step from it
/// longer than √<see cref="Tolerance"/> of 1 + |x|, since a residual has units. Without a solver it is Newton's method from <see cref="Start"/>,
/// its steps halved until the residual falls.</para>
/// <para>Kinks are those of F at the solution. With several roots the one that the solver finds is differentiated. A report proves in intervals that there is one root
/// near and that F's Jacobians around it are invertible; at kinks, and where intervals do not tell (a double root), it says <see cref="Invertibility.Unknown"/>. Counts:
/// <see cref="NominalIterations"/> dense Newton steps; the derivative's are the strategy's.</para>
/// </remarks>
public sealed record Implicit : SolutionMap
{
    /// <summary>An implicit function.</summary>
    /// <param name="residual">F, with one result.</param>
    /// <param name="unknown">The name of the input that is x, of the result's type.</param>
    /// <param name="solver">From a problem's parameters to x; Newton's method without one.</param>
    /// <exception cref="ShapeException">The result is not like the unknown, or an input is not real.</exception>
    public Implicit(Program residual, string unknown = "x", Func<Problem, double[]>? solver = null)
    {
        (Residual, Unknown, Solver) = (residual, unknown, solver);
        _ = UnknownProgram.Of(residual, unknown);
    }

    /// <summary>F.</summary>
    public Program Residual { get; }

    /// <summary>The input that is x.</summary>
    public string Unknown { get; }

    /// <summary>From a problem's parameters to x; Newton's method without one.</summary>
    public Func<Problem, double[]>? Solver { get; }

    /// <summary>How the linear system is dealt with: dense (the default) or Krylov.</summary>
    /// <exception cref="NonsmoothException">The strategy is for fixed points only.</exception>
    public Strategy Strategy
    {
        get;
        init => field = value is ImplicitDense or Krylov
            ? value
            : throw new NonsmoothException($"{value} differentiates an iteration: write the equation as a {nameof(FixedPoint)}, or use the dense or the Krylov strategy");
    } = Strategy.Dense;

    /// <summary>Where Newton's method begins; without it at 0, or beside 0 where the Jacobian there is singular. Of several roots it decides which one is found.</summary>
    public IReadOnlyList<double>? Start { get; init; }

    /// <summary>The largest |F| that a solution may have; a larger one passes where a Newton step from it is at most this long, relative to 1 + |x|. Default 1e-8.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>How many Newton steps counts assume. Default 10.</summary>
    public int NominalIterations { get; init; } = 10;

    /// <summary>Whether F is linear in x: one dense solve finds it, and no two roots meet.</summary>
    internal bool IsLinear { get; init; }

    /// <inheritdoc/>
    public override string Name => "implicit";

    /// <inheritdoc/>
    public override string Attributes => Strategy is ImplicitDense ? "" : Strategy.ToString();

    /// <inheritdoc/>
    public override string Border => "where the residual has one at the solution";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => UnknownProgram.Of(Residual, Unknown).Parameters;

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters) => UnknownProgram.Of(Residual, Unknown).Check(parameters);

    /// <inheritdoc/>
    public override Solution Solve(Problem problem)
    {
        var program = UnknownProgram.Of(Residual, Unknown);
        if (IsLinear)
        {
            return Linear(program, problem);
        }

        var (x, steps) = Solver is null ? Newton(program, problem) : (Solver(problem), 0);
        if (x.Length != program.Size)
        {
            throw new ShapeException($"the solver answers {x.Length} numbers for an unknown of {program.Size}");
        }

        double residual = Dense.Largest(program.Value(problem.Values, x));
        if (residual <= Tolerance)
        {
            CheckStep(program, problem, x, residual);
            return new Solution([x], []) { Residual = residual, Iterations = steps };
        }

        if (double.IsFinite(residual) && At(problem, x, Strategy.Dense) is { IsSingular: false } at
            && StepLength(at, program, problem, x) <= Tolerance * (1 + Dense.Largest(x)))
        {
            return new Solution([x], []) { Residual = residual, Iterations = steps };
        }

        throw new NotConvergedException(
                FormattableString.Invariant($"|F| is {residual:G4} at the solver's answer, above {Tolerance:G3}: solve to more digits, start elsewhere, or raise the tolerance"), residual);
    }

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak) => At(problem, solution.Values[0], Strategy);

    /// <inheritdoc/>
    public override SolutionDerivative DifferentiateExactly(Problem problem, Solution solution, ActivityRule weak) =>
        At(problem, solution.Values[0], Strategy.Dense);

    /// <inheritdoc/>
    public override Refinement Refine(Problem problem, Solution solution)
    {
        var program = UnknownProgram.Of(Residual, Unknown);
        return NewtonRefinement.Of(x => program.Value(problem.Values, x), x => At(problem, x, Strategy.Dense), solution.Values[0]);
    }

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) => NominalIterations
        * (Residual.Count() + StrategyAdvice.Count(UnknownProgram.Of(Residual, Unknown), Strategy.Dense));

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters) =>
        StrategyAdvice.Count(UnknownProgram.Of(Residual, Unknown), Strategy);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> Equations(SolutionPiece piece) =>
        piece.Builder.Inline(Residual, UnknownProgram.Of(Residual, Unknown).Inputs(piece.Parameters, piece.Values[0]));

    private ImplicitDerivative At(Problem problem, double[] x, Strategy strategy) =>
        new(UnknownProgram.Of(Residual, Unknown), problem.Values, x, strategy, fixedPoint: false) { IsLinear = IsLinear };

    // A second step takes away what the first one rounded.
    private Solution Linear(UnknownProgram program, Problem problem)
    {
        double[] x = new double[program.Size];
        var at = At(problem, x, Strategy.Dense);
        if (at.IsSingular)
        {
            throw new SingularSolutionException("the equations of the piece are singular: the derivative has none of its own", 0);
        }

        for (int step = 0; step < 2; step++)
        {
            double[] moved = at.Newton(program.Value(problem.Values, x));
            x = step == 0 ? moved : [.. x.Zip(moved, (a, b) => a + b)];
        }

        return new Solution([x], []) { Residual = Dense.Largest(program.Value(problem.Values, x)), Iterations = 1 };
    }

    // At a singular Jacobian there is no step; the derivative refuses.
    private void CheckStep(UnknownProgram program, Problem problem, double[] x, double residual)
    {
        var at = At(problem, x, Strategy.Dense);
        if (residual == 0 || Strategy is not ImplicitDense || at.IsSingular)
        {
            return;
        }

        double step = StepLength(at, program, problem, x);
        if (!(step <= Math.Sqrt(Tolerance) * (1 + Dense.Largest(x))))
        {
            throw new NotConvergedException(FormattableString.Invariant(
                $"|F| is only {residual:G4} at the solver's answer, but a Newton step from it is {step:G4} long: solve to more digits, or multiply F by a number that makes its slopes about 1"), residual);
        }
    }

    private static double StepLength(ImplicitDerivative at, UnknownProgram program, Problem problem, double[] x) =>
        Dense.Largest(at.Newton(program.Value(problem.Values, x)).Zip(x, (a, b) => a - b));

    // Where the Jacobian at 0 is singular, as of x² = 2, a point beside it.
    private (double[] X, int Steps) Newton(UnknownProgram program, Problem problem)
    {
        double[] start = program.Begin(Start);
        start = Start is null && At(problem, start, Strategy.Dense).IsSingular ? [.. start.Select((_, i) => 1 + (i / (16.0 * program.Size)))] : start;
        return DampedNewton.Run(x => program.Value(problem.Values, x), x => At(problem, x, Strategy.Dense), start);
    }
}

public static partial class Solve
{
    /// <summary>x with F(θ, x) = 0 for a program F of θ and its input <c>x</c>; its other inputs in their order.</summary>
    public static Variable Root(Program residual, params ReadOnlySpan<Variable> parameters) =>
        parameters[0].Builder.ApplyAll(new Implicit(residual), parameters)[0];
}
