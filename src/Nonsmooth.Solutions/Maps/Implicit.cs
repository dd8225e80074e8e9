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
/// longer than √<see cref="Tolerance"/> of 1 + |x|, since a residual has units. Without a solver it is Newton's method from 0,
/// its steps halved until the residual falls.</para>
/// <para>Kinks are those of F at the solution. With several roots the one that the solver finds is differentiated. A report proves in intervals that there is one root
/// near and that F's Jacobians around it are invertible; at kinks, and where intervals do not tell (a double root), it says <see cref="Invertibility.Unknown"/>. Counts:
/// <see cref="NominalIterations"/> dense Newton steps; the derivative's are the strategy's.</para>
/// </remarks>
public sealed record Implicit : SolutionMap
{
    private const int _mostSteps = 100;

    /// <summary>An implicit function.</summary>
    /// <param name="residual">F, with one result.</param>
    /// <param name="unknown">The name of the input that is x, of the result's type.</param>
    /// <param name="solver">From a problem's parameters to x; Newton's method without one.</param>
    /// <exception cref="ShapeException">The result is not like the unknown, or an input is not real.</exception>
    public Implicit(Program residual, string unknown = "x", Func<Problem, double[]>? solver = null)
    {
        (Residual, Unknown, Solver) = (residual, unknown, solver);
        Parameters = UnknownProgram.Of(residual, unknown).Parameters;
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

    /// <summary>The largest |F| that a solution may have. Default 1e-8.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>How many Newton steps counts assume. Default 10.</summary>
    public int NominalIterations { get; init; } = 10;

    /// <inheritdoc/>
    public override string Name => "implicit";

    /// <inheritdoc/>
    public override string Attributes => Strategy is ImplicitDense ? "" : Strategy.ToString();

    /// <inheritdoc/>
    public override string Border => "where the residual has one at the solution";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters { get; }

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters) => UnknownProgram.Of(Residual, Unknown).Check(parameters);

    /// <inheritdoc/>
    public override Solution Solve(Problem problem)
    {
        var program = UnknownProgram.Of(Residual, Unknown);
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

    private ImplicitDerivative At(Problem problem, double[] x, Strategy strategy) =>
        new(UnknownProgram.Of(Residual, Unknown), problem.Values, x, strategy, fixedPoint: false);

    // At a singular Jacobian there is no step; the derivative refuses.
    private void CheckStep(UnknownProgram program, Problem problem, double[] x, double residual)
    {
        var at = At(problem, x, Strategy.Dense);
        if (residual == 0 || Strategy is not ImplicitDense || at.IsSingular)
        {
            return;
        }

        double step = Dense.Largest(at.Newton(program.Value(problem.Values, x)).Zip(x, (a, b) => a - b));
        if (!(step <= Math.Sqrt(Tolerance) * (1 + Dense.Largest(x))))
        {
            throw new NotConvergedException(FormattableString.Invariant(
                $"|F| is only {residual:G4} at the solver's answer, but a Newton step from it is {step:G4} long: solve to more digits, or multiply F by a number that makes its slopes about 1"), residual);
        }
    }

    private (double[] X, int Steps) Newton(UnknownProgram program, Problem problem)
    {
        double[] x = new double[program.Size];
        double[] residual = program.Value(problem.Values, x);
        double size = Dense.Largest(residual);
        int step = 0;
        for (; step < _mostSteps && size > 0; step++)
        {
            double[] full = At(problem, x, Strategy.Dense).Newton(residual);
            double best = size;
            for (double damping = 1; damping > 1e-10 && best >= size; damping /= 2)
            {
                double[] tried = [.. x.Zip(full, (a, b) => a + (damping * (b - a)))];
                double[] value = program.Value(problem.Values, tried);
                if (Dense.Largest(value) < size)
                {
                    (x, residual, best) = (tried, value, Dense.Largest(value));
                }
            }

            if (best >= size)
            {
                break;
            }

            size = best;
        }

        return (x, step);
    }
}

public static partial class Solve
{
    /// <summary>x with F(θ, x) = 0 for a program F of θ and its input <c>x</c>; its other inputs in their order.</summary>
    public static Variable Root(Program residual, params ReadOnlySpan<Variable> parameters) =>
        parameters[0].Builder.ApplyAll(new Implicit(residual), parameters)[0];
}
