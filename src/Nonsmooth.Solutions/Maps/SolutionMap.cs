using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>An elementary function whose value is the solution of a problem: solved, and differentiated by the implicit function theorem.</summary>
/// <remarks>
/// <para>Arguments are the problem's parameters; axes before a parameter's own are those of a batch, and a parameter
/// without them is shared by the batch. Results are the solution, what comes with it (multipliers), and last the state:
/// integers that tell on which piece the solution is, so that the derivative is taken on the same piece in every arithmetic and
/// does not solve again.</para>
/// <para>Problems are solved in double precision, and the results rounded; those of a batch one after the other, or, of maps that call no function of a user, on several threads with the same bits. The jvp and vjp apply
/// <see cref="SolutionTangent"/> and <see cref="SolutionCotangent"/>, elementary functions too. Those have derivatives in the parameters, on the same
/// piece and to any order, where the map gives its <see cref="Equations"/>; elsewhere asking for one is an error.</para>
/// <para>Counts are nominal, by the map's own formula: a solver's iterations depend on the numbers. What is assumed stands
/// at each map. Source: Bolte, Le, Pauwels, Silveti-Falls (NeurIPS 2021); complexity specification, 5.</para>
/// </remarks>
public abstract record SolutionMap : ElementaryFunction, IOneSided
{
    /// <summary>Where the derivative is not unique, in words.</summary>
    public abstract string Border { get; }

    /// <summary>The parameters, in the order of the arguments.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The shapes of one problem's solution.</summary>
    /// <param name="parameters">The shapes of one problem's parameters, of the right ranks.</param>
    /// <exception cref="ShapeException">They do not fit each other.</exception>
    public abstract SolutionShapes Shapes(IReadOnlyList<Shape> parameters);

    /// <summary>Solves one problem. All its numbers are finite, but those of parameters that may be infinite.</summary>
    /// <exception cref="SolutionException">There is no solution, or none was found.</exception>
    public abstract Solution Solve(Problem problem);

    /// <summary>The derivative at a solution that <see cref="Solve"/> gave, perhaps rounded since.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="solution">Its solution.</param>
    /// <param name="weak">As what weakly active constraints are taken.</param>
    public abstract SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak);

    /// <summary>The same without what <see cref="Differentiate"/> truncates: what a-posteriori bounds compare with.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="solution">Its solution.</param>
    /// <param name="weak">As what weakly active constraints are taken.</param>
    public virtual SolutionDerivative DifferentiateExactly(Problem problem, Solution solution, ActivityRule weak) =>
        Differentiate(problem, solution, weak);

    /// <summary>A better solution, for a-posteriori bounds.</summary>
    public abstract Refinement Refine(Problem problem, Solution solution);

    /// <summary>The equations of the piece that the state tells, of one problem, for second derivatives: as many numbers as the real results have, 0 at the solution.</summary>
    /// <param name="piece">The problem and its solution. Parameters that may be infinite should be read only where they bind (<see cref="Dictionary.Functions.Where(Variable, Variable, Variable)"/>).</param>
    /// <returns>Null where the map has no second derivatives: asking for one is then an error that says so.</returns>
    protected internal virtual IReadOnlyList<Variable>? Equations(SolutionPiece piece) => null;

    /// <summary>The tangents of the real results as a formula, for second derivatives of maps that are no equations' solution.</summary>
    /// <param name="piece">Problems and solutions, with the leading axes of the batch.</param>
    /// <param name="tangents">Those of the parameters.</param>
    /// <returns>Null where <see cref="Equations"/> serve.</returns>
    protected internal virtual IReadOnlyList<Variable>? TangentFormula(SolutionPiece piece, IReadOnlyList<Variable> tangents) => null;

    /// <summary>The cotangents of the parameters as a formula; null where equations or the tangents' transpose serve.</summary>
    internal virtual IReadOnlyList<Variable>? CotangentFormula(SolutionPiece piece, IReadOnlyList<Variable> cotangents) => null;

    /// <summary>Intervals that are proved to hold the gradient at the exact solution, for maps that prove it.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="near">A solution whose state tells on which piece the exact one should be.</param>
    /// <param name="cotangents">One array a real result.</param>
    /// <exception cref="UndecidedException">Intervals are too wide to tell.</exception>
    internal virtual EnclosedGradient Enclose(Problem problem, Solution near, IReadOnlyList<double[]> cotangents) =>
        EnclosedGradient.No("this map has no proof in interval arithmetic");

    // Whether problems of a batch may be solved and differentiated at the same time: not where users' functions are called.
    internal virtual bool IsConcurrent => false;

    /// <summary>The nominal count of one solve.</summary>
    public abstract OperationCount SolveCount(IReadOnlyList<Shape> parameters);

    /// <summary>The nominal count of one tangent or cotangent, everything that it sets up included.</summary>
    public abstract OperationCount DerivativeCount(IReadOnlyList<Shape> parameters);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        var batch = ProblemBatch.Of(Parameters, arguments);
        var shapes = Shapes(batch.Shapes);
        return [.. shapes.Values.Select(s => TensorType.Real(batch.Shape.Concat(s))), TensorType.Index(batch.Shape.Concat(shapes.State))];
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var batch = ProblemBatch.Of(Parameters, [.. arguments.Select(a => TensorType.Real(a.Shape))]);
        var shapes = Shapes(batch.Shapes);
        var problems = new Problem[batch.Count];
        var solutions = batch.Each(IsConcurrent, i => Solved(problems[i] = batch.Problem<T>(arguments, i), i, batch.Count));
        long[] states = [.. solutions.SelectMany(x => x.State)];
        KeptFactors.Keep(states, problems, solutions);
        return
        [
            .. shapes.Values.Select((s, r) => ProblemBatch.Rounded<T>(batch.Shape.Concat(s), [.. solutions.SelectMany(x => x.Values[r])])),
            Tensor.Of(batch.Shape.Concat(shapes.State), states),
        ];
    }

    /// <summary>What there is to know of each problem's solution.</summary>
    /// <param name="arguments">As many tensors as parameters.</param>
    /// <param name="selection">What the derivative takes at weakly active constraints; the default without one.</param>
    /// <returns>One report a problem, row-major over the batch.</returns>
    public IReadOnlyList<SolutionReport> Report(IReadOnlyList<Tensor<double>> arguments, Selection? selection = null)
    {
        var weak = (selection ?? Selection.Default).WeaklyActive;
        Tensor[] numbers = [.. arguments.Select(a => ProblemBatch.Rounded<Rounded<Float64>>(a.Shape, a.Elements))];
        var batch = ProblemBatch.Of(Parameters, [.. arguments.Select(a => TensorType.Real(a.Shape))]);
        _ = Shapes(batch.Shapes);
        return
        [
            .. Enumerable.Range(0, batch.Count).Select(i =>
            {
                var problem = batch.Problem<Rounded<Float64>>(numbers, i);
                var solution = Solved(problem, i, batch.Count);
                return new SolutionReport(
                    solution,
                    Differentiate(problem, solution, weak),
                    s => DifferentiateExactly(problem, s, weak),
                    s => Refine(problem, s),
                    (s, cotangents) => Enclose(problem, s, cotangents));
            }),
        ];
    }

    /// <inheritdoc/>
    /// <remarks>By the state: a map without one (<see cref="FixedPoint"/>, <see cref="Implicit"/>, functions of matrices) counts none, its <see cref="Report"/> tells.</remarks>
    public long CountOneSided(IReadOnlyList<Tensor> results) => ((Tensor<long>)results[^1]).Elements.LongCount(IsWeak);

    /// <summary>Whether an entry of the state says that something is weakly active.</summary>
    private protected virtual bool IsWeak(long state) => Math.Abs(state) == 2;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents)
    {
        int[] given = [.. Enumerable.Range(0, tangents.Count).Where(i => tangents[i] is not null)];
        return given.Length == 0
            ? [.. at.Results.Select(_ => (Variable?)null)]
            : [.. at.Builder.ApplyAll(
                new SolutionTangent(this, given, at.Selection.WeaklyActive), [.. at.Arguments, .. at.Results, .. given.Select(i => tangents[i]!)]), null];
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents)
    {
        int[] given = [.. Enumerable.Range(0, cotangents.Count - 1).Where(i => cotangents[i] is not null)];
        int[] wanted = [.. Enumerable.Range(0, at.Arguments.Count).Where(i => at.Active[i])];
        var answers = new Variable?[at.Arguments.Count];
        if (given.Length > 0 && wanted.Length > 0)
        {
            var results = at.Builder.ApplyAll(
                new SolutionCotangent(this, given, wanted, at.Selection.WeaklyActive),
                [.. at.Arguments, .. at.Results, .. given.Select(i => cotangents[i]!)]);
            for (int i = 0; i < wanted.Length; i++)
            {
                answers[wanted[i]] = results[i];
            }
        }

        return answers;
    }

    /// <inheritdoc/>
    public sealed override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var batch = ProblemBatch.Of(Parameters, arguments);
        return batch.Count * SolveCount(batch.Shapes);
    }

    /// <inheritdoc/>
    /// <remarks>On the border at a weakly active constraint, and where the theorem's condition is not known to hold.</remarks>
    protected override FunctionFacts? Facts => new()
    {
        Kinks = new KinkStructure.Border(Border, arguments => Report(arguments).Any(report => !report.IsRegular)),
        Keys = [SelectionKeys.WeaklyActive],
        Saves = new(null, [0]),
    };

    private Solution Solved(Problem problem, int index, int of)
    {
        try
        {
            for (int i = 0; i < problem.Values.Count; i++)
            {
                bool infinite = Parameters[i].MayBeInfinite;
                int bad = double.IsFinite(Lanes.Largest(problem.Values[i])) ? -1 : Array.FindIndex(problem.Values[i], v => infinite ? double.IsNaN(v) : !double.IsFinite(v));
                if (bad >= 0)
                {
                    throw new NotFiniteProblemException(string.Create(
                        CultureInfo.InvariantCulture, $"{Parameters[i].Name} is {problem.Values[i][bad]} at element {bad}: give {(infinite ? "" : "finite ")}numbers"));
                }
            }

            return Solve(problem);
        }
        catch (SolutionException e) when (of > 1)
        {
            throw e.In($"problem {index} of {of}");
        }
    }
}
