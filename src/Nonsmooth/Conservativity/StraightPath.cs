namespace Nonsmooth.Conservativity;

/// <summary>A straight path: entries that are equal, opposite or constant at its ends stay so to the last bit.</summary>
internal sealed class StraightPath(double[] from, double[] to) : IPath
{
    private readonly double[] _velocity = [.. to.Zip(from, (b, a) => b - a)];

    public double[] At(double time) => [.. from.Zip(_velocity, (a, v) => a + (time * v))];

    public double[] Velocity(double time) => _velocity;
}
