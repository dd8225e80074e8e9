using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The transposed derivative of a running maximum at x, applied to a cotangent.</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <param name="Rule">How tied elements share: see <see cref="RunningTies"/>.</param>
/// <remarks>Arguments the cotangent and x, of one shape; linear in the first. An element of weight 0 gets 0 even of an infinite one.</remarks>
public sealed record CumulativeMaximumCotangent(int Axis, TieRule Rule) : RunningTies(Axis, Rule), IBindable
{
    /// <inheritdoc/>
    public override string Name => "cummax_cotangent";

    private protected override ElementaryFunction Transposed => new CumulativeMaximumTangent(Axis, Rule);

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var (g, x) = ((Tensor<T>)arguments[0], (Tensor<T>)arguments[1]);
        var result = (Tensor<T>)results[0];
        var lines = Lines.Along(x.Shape, Axis);
        var (kept, taken) = (new T[lines.Length], new T[lines.Length]);

        return () =>
        {
            for (int line = 0; line < lines.Count && lines.Length > 0; line++)
            {
                int start = lines.Start(line);
                Weights(x, lines, start, kept, taken);
                int position = start + ((lines.Length - 1) * lines.Step);
                var due = g[position];
                for (int i = lines.Length - 1; i > 0; i--)
                {
                    result[position] = Comparisons.Weighted(taken[i], due);
                    position -= lines.Step;
                    due = g[position] + Comparisons.Weighted(kept[i], due);
                }

                result[position] = due;
            }
        };
    }
}
