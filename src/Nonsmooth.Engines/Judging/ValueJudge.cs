namespace Nonsmooth.Engines.Judging;

/// <summary>Judges values.</summary>
internal static class ValueJudge
{
    /// <summary>What an answered value is.</summary>
    /// <param name="truth">The function at the point.</param>
    /// <param name="claim">What the engine answered.</param>
    /// <param name="move">The same function elsewhere.</param>
    /// <param name="format">The format.</param>
    public static ValueFinding Of(PointTruth truth, double[] claim, Func<IReadOnlyList<double[]>, PointTruth> move, FormatScale format)
    {
        if (truth.Value.Length != claim.Length || Array.Exists(truth.Value, double.IsNaN))
        {
            return truth.Value.Length == claim.Length || truth.Value.Length == 0 ? ValueFinding.NotJudged : ValueFinding.AnotherFunction;
        }

        double size = Math.Max(1, truth.Point.SelectMany(x => x).Select(Math.Abs).Where(x => x < 100).DefaultIfEmpty(0).Max());
        var worst = ValueFinding.Right;
        for (int i = 0; i < claim.Length; i++)
        {
            var one = Of(truth.Value[i], claim[i], size, format);
            worst = one > worst ? one : worst;
        }

        if (worst == ValueFinding.NotFinite && truth.Point.Any(x => Array.Exists(x, v => v != 0 && format.IsTiny(v))))
        {
            return ValueFinding.Flushed;
        }

        if (worst != ValueFinding.AnotherFunction)
        {
            return worst;
        }

        foreach (var (point, isFlush) in Moves.Of(truth.Point, format))
        {
            var there = move(point).Value;
            if (there.Length == claim.Length && Enumerable.Range(0, claim.Length).All(i => Of(there[i], claim[i], size, format) <= ValueFinding.Rounded))
            {
                return isFlush ? ValueFinding.Flushed : ValueFinding.Rounded;
            }
        }

        return worst;
    }

    private static ValueFinding Of(double right, double claim, double size, FormatScale format)
    {
        double error = Math.Abs(right - claim);
        return right == claim || error <= format.Strict * Math.Abs(right) ? ValueFinding.Right
            : Math.Abs(right) > format.Largest ? ValueFinding.Right
            : !double.IsFinite(claim) ? ValueFinding.NotFinite
            : claim == 0 && format.IsTiny(right) ? ValueFinding.Flushed
            : error <= format.Loose * size || error <= format.Loose * Math.Abs(right) ? ValueFinding.Rounded
            : ValueFinding.AnotherFunction;
    }
}
