namespace Nonsmooth.Answers;

/// <summary>Comparison of gradients: one array an input.</summary>
internal static class Gradients
{
    /// <summary>The largest difference of two entries, relative to the larger of them: 2 where they have opposite signs.</summary>
    public static double Difference(IReadOnlyList<double[]> a, IReadOnlyList<double[]> b)
    {
        double difference = 0;
        for (int i = 0; i < a.Count; i++)
        {
            for (int j = 0; j < a[i].Length; j++)
            {
                // Written so that a NaN stays one.
                double d = a[i][j] == b[i][j] ? 0 : Math.Abs(a[i][j] - b[i][j]) / Math.Max(Math.Abs(a[i][j]), Math.Abs(b[i][j]));
                difference = d > difference || double.IsNaN(d) ? d : difference;
            }
        }

        return difference;
    }

    public static bool AreFinite(IReadOnlyList<double[]> gradient) => gradient.All(g => g.All(double.IsFinite));
}
