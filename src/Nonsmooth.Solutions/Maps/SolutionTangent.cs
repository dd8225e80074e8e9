using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>Tangents of a solution map's real results.</summary>
/// <param name="Map">The solution map.</param>
/// <param name="Given">Which parameters move.</param>
/// <param name="Weak">As what it takes weakly active constraints.</param>
/// <remarks>
/// Arguments: the map's, its results, and a tangent for each parameter that moves. In double precision, rounded. Its own
/// derivative is in the tangents, and in the rest where the map gives <see cref="SolutionMap.Equations"/>.
/// </remarks>
public sealed record SolutionTangent(SolutionMap Map, IntVector Given, ActivityRule Weak) : SolutionLinear(Map, Given, Weak)
{
    /// <inheritdoc/>
    public override string Name => $"{Map.Name}_tangent";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        var batch = Batch(arguments);
        var shapes = Map.Shapes(batch.Shapes);
        CheckDirections(arguments, shapes, Given.Select(batch.Argument), "tangents");
        return [.. shapes.Values.Select(s => TensorType.Real(batch.Shape.Concat(s)))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var batch = Batch([.. arguments.Select(a => TensorType.Real(a.Shape))]);
        var shapes = Map.Shapes(batch.Shapes);
        int first = Fixed(shapes);
        var results = new IReadOnlyList<double[]>[batch.Count];
        for (int i = 0; i < batch.Count; i++)
        {
            double[][] tangents = [.. batch.Shapes.Select(s => new double[s.Elements])];
            for (int t = 0; t < Given.Count; t++)
            {
                tangents[Given[t]] = batch.Part<T>(arguments[first + t], Given[t], i);
            }

            results[i] = Derivative<T>(batch, shapes, arguments, i).Tangent(tangents);
        }

        return [.. shapes.Values.Select((s, r) => ProblemBatch.Rounded<T>(batch.Shape.Concat(s), [.. results.SelectMany(x => x[r])]))];
    }

    private protected override IReadOnlyList<Variable> Transposed(
        ProgramBuilder builder, Variable[] at, int[] seeded, Variable[] seeds, IReadOnlyList<int> wanted) =>
        builder.ApplyAll(new SolutionCotangent(Map, seeded, [.. wanted], Weak), [.. at, .. seeds]);

    private protected override Program Equivalent(IReadOnlyList<TensorType> arguments) => PieceProgram.Tangent(this, arguments);
}
