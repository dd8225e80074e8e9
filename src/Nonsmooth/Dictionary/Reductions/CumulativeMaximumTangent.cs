using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The derivative of a running maximum at x, applied to a tangent.</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <param name="Rule">How tied elements share: see <see cref="RunningTies"/>.</param>
/// <remarks>Arguments the tangent and x, of one shape; linear in the first. An element of weight 0 adds 0 even if infinite.</remarks>
public sealed record CumulativeMaximumTangent(int Axis, TieRule Rule) : RunningTies(Axis, Rule), IBindable
{
    /// <inheritdoc/>
    public override string Name => "cummax_tangent";

    private protected override ElementaryFunction Transposed => new CumulativeMaximumCotangent(Axis, Rule);

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var (t, x) = ((Tensor<T>)arguments[0], (Tensor<T>)arguments[1]);
        var y = (Tensor<T>)results[0];
        var lines = Lines.Along(x.Shape, Axis);
        var (kept, taken) = (new T[lines.Length], new T[lines.Length]);

        return () =>
        {
            for (int line = 0; line < lines.Count && lines.Length > 0; line++)
            {
                int position = lines.Start(line);
                Weights(x, lines, position, kept, taken);
                y[position] = t[position];
                for (int i = 1; i < lines.Length; i++)
                {
                    position += lines.Step;
                    y[position] = Comparisons.Weighted(kept[i], y[position - lines.Step]) + Comparisons.Weighted(taken[i], t[position]);
                }
            }
        };
    }
}
