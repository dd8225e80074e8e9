namespace Nonsmooth.Answers;

/// <summary>What is checked around a point, in variables that are 0 there and 1 a scale away.</summary>
internal sealed class Subject(
    Func<double[], double> function, Func<double[], double[]> claim, double[] x, double[] scales, GradientCheckOptions options)
{
    public int Variables => x.Length;

    public GradientCheckOptions Options => options;

    public double Value(double[] u) => function(At(u));

    public double[] Claim(double[] u) => Scaled(claim(At(u)));

    /// <summary>A gradient in the variables of the function, in those of the subject.</summary>
    public double[] Scaled(double[] gradient) => [.. gradient.Zip(scales, (g, s) => g * s)];

    private double[] At(double[] u)
    {
        var at = new double[x.Length];
        for (int i = 0; i < at.Length; i++)
        {
            at[i] = x[i] + (scales[i] * u[i]);
        }

        return at;
    }
}
