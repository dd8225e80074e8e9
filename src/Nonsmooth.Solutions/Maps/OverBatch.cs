using System.Runtime.CompilerServices;
using Nonsmooth.Arithmetic;
using Nonsmooth.Compiled;
using Nonsmooth.Cost;
using Nonsmooth.Differentiation;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>A program of real inputs applied to each problem of a batch.</summary>
/// <param name="Body">The program of one problem.</param>
internal sealed record OverBatch(Program Body) : ExactMap
{
    // Beside the program: problems of a batch, and calls, share them, and equal maps stay equal.
    private static readonly ConditionalWeakTable<Program, Derived> _derived = [];

    /// <inheritdoc/>
    public override string Name => "over_batch";

    /// <inheritdoc/>
    public override string Border => "where the program has one";

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter> Parameters => [.. Body.Inputs.Select(i => new Parameter(i.Name, Body.Types[i.Value].Shape.Rank) { MayBeInfinite = true })];

    /// <inheritdoc/>
    public override SolutionShapes Shapes(IReadOnlyList<Shape> parameters) => new([.. Body.Outputs.Select(o => Body.Types[o.Value].Shape)], new Shape(0));

    /// <inheritdoc/>
    public override Solution Solve(Problem problem) => new(Run(Body, problem.Values), []) { Residual = 0 };

    /// <inheritdoc/>
    public override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak) => new Derivative(this, problem);

    /// <inheritdoc/>
    public override OperationCount SolveCount(IReadOnlyList<Shape> parameters) => Body.Count();

    /// <inheritdoc/>
    public override OperationCount DerivativeCount(IReadOnlyList<Shape> parameters) => Derivatives().Backward.Value.Count();

    /// <inheritdoc/>
    protected internal override IReadOnlyList<Variable> TangentFormula(SolutionPiece piece, IReadOnlyList<Variable> tangents)
    {
        var results = piece.Builder.ApplyAll(new OverBatch(Derivatives().Forward.Value), [.. piece.Parameters, .. tangents]);
        return [.. results.Take(Body.Outputs.Count)];
    }

    internal override IReadOnlyList<Variable> CotangentFormula(SolutionPiece piece, IReadOnlyList<Variable> cotangents)
    {
        var results = piece.Builder.ApplyAll(new OverBatch(Derivatives().Backward.Value), [.. piece.Parameters, .. cotangents]);
        return [.. results.Take(Body.Inputs.Count)];
    }

    private Derived Derivatives() => _derived.GetValue(Body, static body => new(body));

    private static double[][] Run(Program program, IEnumerable<double[]> inputs) =>
        [.. CompiledPrograms.Run(program, [.. inputs]).Select(t => ((Tensor<double>)t).Elements)];

    private sealed class Derived(Program body)
    {
        public Lazy<Program> Forward { get; } = new(() => body.Forprop(new ForpropOptions { KeepValues = false }));

        public Lazy<Program> Backward { get; } = new(() => body.Backprop(new BackpropOptions { SeedInput = true, KeepValues = false }));
    }

    private sealed class Derivative(OverBatch map, Problem problem) : ClosedFormDerivative
    {
        public override IReadOnlyList<Margin> Margins => [];

        public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents) => Run(map.Derivatives().Forward.Value, problem.Values.Concat(tangents));

        public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents) => Run(map.Derivatives().Backward.Value, problem.Values.Concat(cotangents));
    }
}
