namespace Nonsmooth.Reliability.Gradients;

/// <summary>How far two gradients are from each other, in the norms of the theory.</summary>
/// <param name="SumL1">Σ over parameter tensors of ‖g − h‖₁: the norm of the threshold study.</param>
/// <param name="SumInfinity">Σ over parameter tensors of ‖g − h‖∞: the norm of the volume study.</param>
/// <param name="Relative">‖g − h‖₂ / ‖g‖₂ over all tensors together; ∞ where only g is 0.</param>
/// <param name="Differing">Entries that differ.</param>
/// <param name="NonFinite">Entries that are not finite in one of the two.</param>
/// <remarks>
/// Two NaN, and +0 and −0, are no difference. A NaN or an infinity against anything else makes every norm NaN or ∞, and
/// it differs. Source: reliability specification, 1.2.
/// </remarks>
public readonly record struct GradientDistance(double SumL1, double SumInfinity, double Relative, long Differing, long NonFinite)
{
    /// <summary>Whether the gradients are the same numbers.</summary>
    public bool IsZero => Differing == 0;

    /// <summary>The distance in a norm.</summary>
    public double In(GradientNorm norm) => norm == GradientNorm.SumL1 ? SumL1 : SumInfinity;

    /// <summary>The distance of two gradients.</summary>
    public static GradientDistance Between(Gradient reference, Gradient other)
    {
        if (reference.Tensors.Count != other.Tensors.Count)
        {
            throw new NonsmoothException(
                $"gradients of {reference.Tensors.Count} and {other.Tensors.Count} parameters cannot be compared: take both of one program");
        }

        var sum = default(GradientDistance);
        double differences = 0;
        double squares = 0;
        for (int t = 0; t < reference.Tensors.Count; t++)
        {
            var (one, largest) = Add(reference.Tensors[t], other.Tensors[t], ref differences, ref squares, ref sum);
            sum = sum with { SumL1 = sum.SumL1 + one, SumInfinity = sum.SumInfinity + largest };
        }

        double relative = sum.Differing == 0 ? 0 : Math.Sqrt(differences) / Math.Sqrt(squares);
        return sum with { Relative = relative };
    }

    private static (double L1, double Largest) Add(
        double[] g, double[] h, ref double differences, ref double squares, ref GradientDistance sum)
    {
        double one = 0;
        double largest = 0;
        long differing = 0;
        long nonFinite = 0;
        for (int i = 0; i < g.Length; i++)
        {
            squares += g[i] * g[i];
            nonFinite += double.IsFinite(g[i]) && double.IsFinite(h[i]) ? 0 : 1;
            if (g[i] == h[i] || (double.IsNaN(g[i]) && double.IsNaN(h[i])))
            {
                continue;
            }

            double difference = Math.Abs(g[i] - h[i]);
            differing++;
            one += difference;
            largest = Math.Max(largest, difference);
            differences += difference * difference;
        }

        sum = sum with { Differing = sum.Differing + differing, NonFinite = sum.NonFinite + nonFinite };
        return (one, largest);
    }
}
