namespace Nonsmooth.Training.Objectives;

/// <summary>The part of the targets that are classified rightly, from 0 to 1.</summary>
/// <param name="Target">The field of class indices.</param>
/// <remarks>The first of the largest numbers is the answer; numbers with a NaN are wrong.</remarks>
public sealed record AccuracyMetric(string Target) : Metric("accuracy")
{
    /// <summary>The output of a number a class. Default null: the only one.</summary>
    public string? Output { get; init; }

    /// <summary>Elements of one example after the axis of classes. Default 1: classes are innermost.</summary>
    public int Inner { get; init; } = 1;

    /// <summary>A target that does not count. Default none.</summary>
    public long? Ignored { get; init; }

    /// <inheritdoc/>
    public override (double Sum, double Weight) Of(MetricBatch batch)
    {
        var targets = batch.Index(Target);
        var scores = batch.Output(Output);
        int classes = scores.Length / Math.Max(1, targets.Length);
        if (classes < 1 || scores.Length != (long)targets.Length * classes || targets.Length % Inner != 0)
        {
            throw new NonsmoothException($"metric '{Name}' takes a number a class for each of {targets.Length} targets, given {scores.Length}: name the output that has them");
        }

        long right = 0;
        long counted = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            if (targets[i] != Ignored)
            {
                int first = ((i / Inner) * classes * Inner) + (i % Inner);
                counted++;
                right += Largest(scores[first..], classes) == targets[i] ? 1 : 0;
            }
        }

        return (right, counted);
    }

    /// <summary>−1 where one is NaN.</summary>
    private int Largest(ReadOnlySpan<float> scores, int classes)
    {
        int best = 0;
        bool isNumber = true;
        for (int c = 0; c < classes; c++)
        {
            float score = scores[c * Inner];
            isNumber &= !float.IsNaN(score);
            best = score > scores[best * Inner] ? c : best;
        }

        return isNumber ? best : -1;
    }
}
