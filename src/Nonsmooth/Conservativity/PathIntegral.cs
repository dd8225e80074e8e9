namespace Nonsmooth.Conservativity;

/// <summary>The integral of ⟨D(γ), γ'⟩ along a path, by the five points of Gauss and Lobatto on intervals that are halved where they disagree.</summary>
/// <param name="Integral">The integral.</param>
/// <param name="Size">The integral of the absolute value.</param>
/// <param name="Error">How far it may be off: where the integrand jumps, the width of the last interval times the jump.</param>
internal readonly record struct PathIntegral(double Integral, double Size, double Error)
{
    private const int _depth = 18;
    private const int _most = 20_000;

    // Both ends are nodes: a jump anywhere inside an interval moves what its halves say.
    private static readonly double _inner = Math.Sqrt(3.0 / 7);
    private static readonly double[] _nodes = [-1, -_inner, 0, _inner, 1];
    private static readonly double[] _weights = [0.1, 49.0 / 90, 32.0 / 45, 49.0 / 90, 0.1];

    /// <summary>Integrates.</summary>
    /// <param name="rule">D.</param>
    /// <param name="path">γ.</param>
    /// <param name="pieces">How many intervals there are to begin with.</param>
    public static PathIntegral Of(IDerivativeRule rule, IPath path, int pieces = 1)
    {
        int left = _most;
        var all = default(PathIntegral);
        for (int p = 0; p < pieces; p++)
        {
            double a = p / (double)pieces, b = (p + 1) / (double)pieces;
            all += Halve(a, b, Lobatto(a, b), 0);
        }

        return all;

        PathIntegral Halve(double a, double b, PathIntegral whole, int depth)
        {
            double middle = (a + b) / 2;
            PathIntegral first = Lobatto(a, middle), second = Lobatto(middle, b);
            var sum = first + second;
            double gap = Math.Abs(sum.Integral - whole.Integral);

            // A NaN stops here too, and is the answer.
            return !(gap > 1e-11 * Math.Max(whole.Size, sum.Size)) || depth == _depth || left <= 0
                ? sum with { Error = gap }
                : Halve(a, middle, first, depth + 1) + Halve(middle, b, second, depth + 1);
        }

        PathIntegral Lobatto(double a, double b)
        {
            double sum = 0, size = 0;
            for (int i = 0; i < _nodes.Length; i++, left--)
            {
                double time = ((a + b) / 2) + ((b - a) / 2 * _nodes[i]);
                double slope = Slope(rule.Gradient(path.At(time)), path.Velocity(time));
                sum += _weights[i] * (b - a) / 2 * slope;
                size += _weights[i] * (b - a) / 2 * Math.Abs(slope);
            }

            return new(sum, size, 0);
        }
    }

    /// <summary>⟨g, v⟩; NaN where any entry of g is.</summary>
    public static double Slope(double[] gradient, double[] velocity)
    {
        double sum = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            sum += gradient[i] * velocity[i];
        }

        return sum;
    }

    /// <summary>Both parts of a path.</summary>
    public static PathIntegral operator +(PathIntegral a, PathIntegral b) =>
        new(a.Integral + b.Integral, a.Size + b.Size, a.Error + b.Error);
}
