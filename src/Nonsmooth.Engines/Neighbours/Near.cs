using Nonsmooth.Arithmetic;

namespace Nonsmooth.Engines.Neighbours;

/// <summary>A value infinitely near a point, with its gradient there: what a function does beside a kink, on one side of it.</summary>
/// <remarks>
/// Run on x + εv for a real direction v, a program's value and gradient are those of the piece that v enters; the gradient's
/// standard part is a limit of gradients, one of those whose hull is Clarke's subdifferential (F. H. Clarke, <i>Optimization
/// and Nonsmooth Analysis</i>, 1983, 2.5). NaN where the piece is not defined or the arithmetic does not tell.
/// </remarks>
internal readonly partial struct Near : INumeric<Near>
{
    private static readonly Series[] _none = [];

    [ThreadStatic]
    private static bool _tied;

    private readonly Series? _value;
    private readonly Series[]? _gradient;

    public Near(Series value, Series[] gradient) => (_value, _gradient) = (value, gradient);

    /// <inheritdoc/>
    public static string Format => "near";

    public static Near NaN { get; } = new(Series.NaN, _none);

    public Series Value => _value ?? Series.Zero;

    /// <summary>The gradient; empty for a constant.</summary>
    public Series[] Gradient => _gradient ?? _none;

    public bool HasGradient => Array.Exists(Gradient, g => !g.IsZero);

    /// <summary>
    /// Runs something and tells whether anything was decided by an infinitesimal: a comparison of numbers with one standard part,
    /// a root, a logarithm or an inverse of what has none. Otherwise every direction gives the same, and the function is smooth.
    /// </summary>
    public static (T Result, bool IsTied) Watch<T>(Func<T> run)
    {
        bool outer = _tied;
        _tied = false;
        try
        {
            return (run(), _tied);
        }
        finally
        {
            _tied = outer;
        }
    }

    /// <summary>The value moved by an infinitesimal; the gradient stays.</summary>
    public Near Moved(double by) => new(Value + Series.Near(0, by), Gradient);

    /// <inheritdoc/>
    public static Near FromDouble(double value) => double.IsFinite(value) ? new(Series.Of(value), _none) : Infinite(value);

    /// <inheritdoc/>
    public static double ToDouble(Near value) => value.Value.Standard;

    /// <inheritdoc/>
    public static (double Left, double Right) Ordered(Near left, Near right) => left.Value.IsNaN || right.Value.IsNaN
        ? (ToDouble(left), ToDouble(right))
        : (Side(left.Value - right.Value), 0);

    /// <inheritdoc/>
    public static bool IsNaN(Near value) => value.Value.IsNaN;

    /// <inheritdoc/>
    public static bool IsZero(Near value) => value.Value.IsZero;

    /// <inheritdoc/>
    public static Near Weighted(double weight, Near value) => value.Scaled(weight);

    /// <inheritdoc/>
    public static Near operator +(Near left, Near right) => new(left.Value + right.Value, Sum(left.Gradient, right.Gradient));

    /// <inheritdoc/>
    public static Near operator -(Near left, Near right) => left + -right;

    /// <inheritdoc/>
    public static Near operator -(Near value) => new(-value.Value, Array.ConvertAll(value.Gradient, g => -g));

    /// <inheritdoc/>
    public static Near operator *(Near left, Near right) =>
        new(left.Value * right.Value, Sum(Scale(right.Gradient, left.Value), Scale(left.Gradient, right.Value)));

    /// <inheritdoc/>
    public static Near operator /(Near left, Near right) => left * Inverse(right);

    /// <inheritdoc/>
    public static Near Inverse(Near value)
    {
        _tied |= value.Value.Lead != 0;
        var inverse = value.Value.Inverse();
        return new(inverse, value.HasGradient ? Scale(value.Gradient, -(inverse * inverse)) : _none);
    }

    // The sign of a difference, which may be infinitesimal.
    private static int Side(Series difference)
    {
        _tied |= difference.Lead > 0;
        return difference.Sign;
    }

    private static Near Infinite(double value) => double.IsNaN(value) ? NaN : new(Series.Of(1).Times(-4, Math.Sign(value)), _none);

    private static Series[] Sum(Series[] left, Series[] right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return left.Length == 0 ? right : left;
        }

        var sum = new Series[left.Length];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] = left[i] + right[i];
        }

        return sum;
    }

    private static Series[] Scale(Series[] gradient, Series factor) =>
        gradient.Length == 0 || (factor.IsZero && !Array.Exists(gradient, g => g.IsNaN)) ? _none : Array.ConvertAll(gradient, g => g * factor);

    private Near Scaled(double factor) => new(Value.Times(0, factor), Array.ConvertAll(Gradient, g => g.Times(0, factor)));
}
