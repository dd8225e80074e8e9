namespace Nonsmooth.Training.Studies;

/// <summary>One seed trained under two selections.</summary>
/// <param name="Reference">Where it ended under the selection that is used.</param>
/// <param name="Other">Where it ended under the other.</param>
/// <param name="WeightDistance">Σ over parameters of ‖θ − θ'‖₁ at the end; NaN where one is not finite.</param>
/// <param name="RelativeWeightDistance">That over Σ‖θ‖₁ of the reference.</param>
public sealed record PairedSeed(TrainingOutcome Reference, TrainingOutcome Other, double WeightDistance, double RelativeWeightDistance)
{
    /// <summary>The seed.</summary>
    public ulong Seed => Reference.Seed;

    /// <summary>Whether both runs stayed finite.</summary>
    public bool IsFinite => Reference.IsFinite && Other.IsFinite;

    internal static PairedSeed Of(TrainingOutcome reference, TrainingOutcome other)
    {
        double distance = 0;
        double size = 0;
        for (int p = 0; p < reference.Parameters.Count; p++)
        {
            var (a, b) = (reference.Parameters[p], other.Parameters[p]);
            for (int i = 0; i < a.Length; i++)
            {
                distance += Math.Abs((double)a[i] - b[i]);
                size += Math.Abs(a[i]);
            }
        }

        bool finite = reference.IsFinite && other.IsFinite;
        return new(reference, other, finite ? distance : double.NaN, !finite ? double.NaN : distance == 0 ? 0 : distance / size);
    }
}
