namespace Nonsmooth.Conservativity;

/// <summary>The image of a straight path of parameters on a stratum.</summary>
internal sealed class CurvedPath(Stratum stratum, double[] from, double[] to) : IPath
{
    private const double _step = 1e-3;

    private readonly StraightPath _parameters = new(from, to);

    public double[] At(double time) => stratum.Map(_parameters.At(time));

    // Central differences of fourth order: exact for maps that are products of at most four parameters.
    public double[] Velocity(double time)
    {
        double[] near = Difference(_step), far = Difference(2 * _step);
        return [.. near.Zip(far, (n, f) => ((4 * n) - f) / 3)];

        double[] Difference(double h) => [.. At(time + h).Zip(At(time - h), (b, a) => (b - a) / (2 * h))];
    }
}
