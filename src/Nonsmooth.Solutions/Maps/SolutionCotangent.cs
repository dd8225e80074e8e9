using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>Cotangents of a solution map's parameters.</summary>
/// <param name="Map">The solution map.</param>
/// <param name="Given">Of which real results there is a cotangent.</param>
/// <param name="Wanted">Of which parameters one is wanted.</param>
/// <param name="Weak">As what it takes weakly active constraints.</param>
/// <remarks>
/// Arguments: the map's, its results, and a cotangent for each result given. That of a parameter which a batch shares is the sum
/// over the batch. In double precision, rounded. Its own derivative is in the cotangents, and in the rest where the map
/// gives <see cref="SolutionMap.Equations"/>.
/// </remarks>
public sealed record SolutionCotangent(SolutionMap Map, IntVector Given, IntVector Wanted, ActivityRule Weak) : SolutionLinear(Map, Given, Weak), ILoopFunction
{
    /// <inheritdoc/>
    public override string Name => $"{Map.Name}_cotangent";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        var batch = Batch(arguments);
        var shapes = Map.Shapes(batch.Shapes);
        CheckDirections(arguments, shapes, Given.Select(r => batch.Shape.Concat(shapes.Values[r])), "cotangents");
        return [.. Wanted.Select(p => TensorType.Real(batch.Argument(p)))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var batch = Batch([.. arguments.Select(a => TensorType.Real(a.Shape))]);
        var shapes = Map.Shapes(batch.Shapes);
        int first = Fixed(shapes);
        double[][] totals = [.. Wanted.Select(p => new double[batch.Argument(p).Elements])];
        var parts = batch.Each(Map.IsConcurrent, i =>
        {
            double[][] cotangents = [.. shapes.Values.Select(s => new double[s.Elements])];
            for (int g = 0; g < Given.Count; g++)
            {
                cotangents[Given[g]] = ProblemBatch.Part<T>(arguments[first + g], shapes.Values[Given[g]], i);
            }

            return Derivative<T>(batch, shapes, arguments, i).Cotangent(cotangents, Wanted);
        });
        for (int i = 0; i < batch.Count; i++)
        {
            for (int w = 0; w < Wanted.Count; w++)
            {
                batch.Add(totals[w], Wanted[w], i, parts[i][Wanted[w]]);
            }
        }

        return [.. totals.Select((t, w) => ProblemBatch.Rounded<T>(batch.Argument(Wanted[w]), t))];
    }

    /// <summary>Where the map does.</summary>
    public bool LoopsOver(IReadOnlyList<TensorType> arguments) => Map is FixedPoint fixedPoint && fixedPoint.LoopsOver(arguments);

    /// <inheritdoc/>
    public IReadOnlyList<TValue> Loop<TValue>(IProgramRunner<TValue> runner, IReadOnlyList<TValue> arguments)
        where TValue : class, IDisposable
    {
        int count = Map.Parameters.Count;
        var all = FixedPointLoop.Cotangent((FixedPoint)Map, runner, [.. arguments.Take(count)], arguments[count], arguments[^1]);
        foreach (int unwanted in Enumerable.Range(0, count).Except(Wanted))
        {
            all[unwanted].Dispose();
        }

        return [.. Wanted.Select(i => all[i])];
    }

    // The transpose is the tangent, of which the results that had no cotangent are left out.
    private protected override IReadOnlyList<Variable> Transposed(
        ProgramBuilder builder, Variable[] at, int[] seeded, Variable[] seeds, IReadOnlyList<int> wanted)
    {
        var results = builder.ApplyAll(new SolutionTangent(Map, [.. seeded.Select(i => Wanted[i])], Weak), [.. at, .. seeds]);
        return [.. wanted.Select(r => results[r])];
    }

    private protected override Program Equivalent(IReadOnlyList<TensorType> arguments) => PieceProgram.Cotangent(this, arguments);
}
