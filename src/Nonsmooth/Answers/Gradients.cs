namespace Nonsmooth.Answers;

/// <summary>Comparison of gradients: one array an input.</summary>
internal static class Gradients
{
    /// <summary>The largest difference, relative to the largest entry of either.</summary>
    public static double Difference(IReadOnlyList<double[]> a, IReadOnlyList<double[]> b)
    {
        double difference = 0;
        double scale = 0;
        for (int i = 0; i < a.Count; i++)
        {
            for (int j = 0; j < a[i].Length; j++)
            {
                // Written so that a NaN stays one.
                double d = Math.Abs(a[i][j] - b[i][j]);
                difference = d > difference || double.IsNaN(d) ? d : difference;
                scale = Math.Max(scale, Math.Max(Math.Abs(a[i][j]), Math.Abs(b[i][j])));
            }
        }

        return difference == 0 ? 0 : difference / scale;
    }

    public static bool AreFinite(IReadOnlyList<double[]> gradient) => gradient.All(g => g.All(double.IsFinite));

    public static double Dot(IReadOnlyList<double[]> a, IReadOnlyList<double[]> b) =>
        a.Zip(b, (x, y) => x.Zip(y, (p, q) => p * q).Sum()).Sum();
}
