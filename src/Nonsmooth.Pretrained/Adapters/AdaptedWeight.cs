using Nonsmooth.Pretrained.HuggingFace;

namespace Nonsmooth.Pretrained.Adapters;

/// <summary>A weight that an adapter changes, as it was met when the network was built.</summary>
/// <param name="Weight">The weight.</param>
/// <param name="First">A [r, inputs]; of an embedding, [r, rows].</param>
/// <param name="Second">B [outputs, r].</param>
/// <param name="Magnitude">The lengths [outputs] of DoRA; null without.</param>
/// <param name="Scale">What B·A is multiplied by.</param>
/// <param name="IsTransposed">Whether the weight is [inputs, outputs]: of GPT-2's layers, and of embeddings.</param>
/// <param name="IsHead">Whether it is the head's.</param>
internal sealed record AdaptedWeight(FolderWeight Weight, FolderWeight First, FolderWeight Second, FolderWeight? Magnitude, double Scale, bool IsTransposed, bool IsHead)
{
    /// <summary>The weight with the adapter folded in: W + s·B·A, with DoRA m/‖W + s·B·A‖ ∘ (W + s·B·A).</summary>
    /// <param name="values">W, which is overwritten.</param>
    public void Fold(double[] values)
    {
        double[] a = Numbers(First), b = Numbers(Second);
        int inputs = Weight.Shape[IsTransposed ? 0 : 1], outputs = values.Length / inputs;
        if (IsTransposed)
        {
            // s·Aᵀ·Bᵀ is the same product with the two the other way round.
            LowRankUpdate.AddTo(values, outputs, 0, Turned(b, outputs), Turned(a, a.Length / inputs), Scale);
        }
        else
        {
            LowRankUpdate.AddTo(values, inputs, 0, a, b, Scale);
        }

        if (Magnitude is null)
        {
            return;
        }

        double[] lengths = Numbers(Magnitude), squares = AdapterStart.Squares(values, inputs, IsTransposed);
        for (int i = 0; i < values.Length; i++)
        {
            int output = IsTransposed ? i % outputs : i / inputs;
            values[i] *= lengths[output] / Math.Sqrt(squares[output]);
        }
    }

    private static double[] Numbers(FolderWeight weight) => weight.Stored!.ToDoubles();

    // A matrix of so many rows, transposed.
    private static double[] Turned(double[] matrix, int rows)
    {
        int columns = matrix.Length / rows;
        double[] turned = new double[matrix.Length];
        for (int i = 0; i < matrix.Length; i++)
        {
            turned[((i % columns) * rows) + (i / columns)] = matrix[i];
        }

        return turned;
    }
}
