using System.Globalization;
using Nonsmooth.Mathematics;

namespace Nonsmooth.Arithmetic;

/// <summary>A double, computed as <see cref="Rounded{TFormat}"/> of <see cref="Float64"/> computes it, with a bound on its error.</summary>
/// <remarks>
/// <para>The error is that against the real numbers that the same operations give on the same constants and inputs. Where an
/// operation of + − × ÷ √ is exact, which is tested, its own share is 0. exp, log, tanh, sine and the others are taken to
/// err by at most a unit in the last place, which is measured of <see cref="Transcendental"/> and not proved. Bounds are added up to
/// first order upwards, one unit wider an operation, so that they are not too small.</para>
/// <para>A comparison goes by the double; where the error could change its outcome the other outcome's distance joins the
/// error. A function that computes outside its scalar (a solver) loses the error: its results count as exact.</para>
/// </remarks>
internal readonly struct Bounded : INumeric<Bounded>
{
    private const int _ulps = 1;

    public Bounded(double value, double error) => (Value, Error) = (value, error);

    public double Value { get; }

    /// <summary>How far the value may be off: not negative, ∞ where nothing is known.</summary>
    public double Error { get; }

    public static string Format => "f64±";

    public static Bounded FromDouble(double value) => new(value, 0);

    public static double ToDouble(Bounded value) => value.Value;

    public static Bounded Weighted(double weight, Bounded value) => FromDouble(weight) * value;

    public static Bounded operator +(Bounded left, Bounded right)
    {
        double sum = left.Value + right.Value;
        return new(sum, Up(left.Error + right.Error, SumError(left.Value, right.Value, sum)));
    }

    public static Bounded operator -(Bounded left, Bounded right) => left + -right;

    public static Bounded operator *(Bounded left, Bounded right)
    {
        double product = left.Value * right.Value;
        double own = double.IsFinite(product) ? Math.Abs(Math.FusedMultiplyAdd(left.Value, right.Value, -product)) : 0;
        bool exact = own == 0 && (Math.Abs(product) > 1e-280 || left.Value == 0 || right.Value == 0);
        own = exact ? 0 : own + Math.BitIncrement(0);
        double carried = left.Error == 0 && right.Error == 0 ? 0
            : (Math.Abs(left.Value) * right.Error) + (Math.Abs(right.Value) * left.Error) + (left.Error * right.Error);
        return new(product, Up(carried, own));
    }

    public static Bounded operator /(Bounded left, Bounded right)
    {
        double quotient = left.Value / right.Value;
        if (!double.IsFinite(quotient) || !double.IsFinite(right.Value))
        {
            return new(quotient, left.Error == 0 && right.Error == 0 ? 0 : double.PositiveInfinity);
        }

        double rest = Math.Abs(Math.FusedMultiplyAdd(-quotient, right.Value, left.Value));
        bool exact = rest == 0 && (Math.Abs(left.Value) > 1e-280 || left.Value == 0);
        double own = exact ? 0 : (rest / Math.Abs(right.Value)) + Math.BitIncrement(0);
        double least = Math.Abs(right.Value) - right.Error;
        double carried = left.Error == 0 && right.Error == 0 ? 0
            : least <= 0 ? double.PositiveInfinity
            : (left.Error + (Math.Abs(quotient) * right.Error)) / least;
        return new(quotient, Up(carried, own));
    }

    public static Bounded operator -(Bounded value) => new(-value.Value, value.Error);

    public static Bounded Max(Bounded left, Bounded right) =>
        new(left.Value > right.Value || double.IsNaN(left.Value) ? left.Value : right.Value, Either(left, right));

    public static Bounded Min(Bounded left, Bounded right) =>
        new(left.Value < right.Value || double.IsNaN(left.Value) ? left.Value : right.Value, Either(left, right));

    public static Bounded Abs(Bounded value) => new(Math.Abs(value.Value), value.Error);

    public static Bounded Inverse(Bounded value) => FromDouble(1) / value;

    public static Bounded Exp(Bounded value) => Monotone(value, Transcendental.Exp);

    public static Bounded ExpM1(Bounded value) => Monotone(value, Transcendental.ExpM1);

    public static Bounded Log(Bounded value) => Monotone(value, Transcendental.Log);

    public static Bounded LogP1(Bounded value) => Monotone(value, Transcendental.LogP1);

    public static Bounded Sqrt(Bounded value)
    {
        double root = Math.Sqrt(value.Value);
        return value.Error == 0 && Math.FusedMultiplyAdd(root, root, -value.Value) == 0 && (root > 1e-140 || root == 0)
            ? new(root, 0)
            : Monotone(value, Math.Sqrt);
    }

    public static (Bounded Root, Bounded Inverse) SqrtAndInverse(Bounded value) => (Sqrt(value), Rsqrt(value));

    public static Bounded Rsqrt(Bounded value) => Monotone(value, static x => 1 / Math.Sqrt(x));

    public static Bounded Tanh(Bounded value) => Monotone(value, Transcendental.Tanh);

    public static Bounded Sigmoid(Bounded value) => Monotone(value, Transcendental.Sigmoid);

    public static Bounded Sin(Bounded value) => Lipschitz(value, Transcendental.Sin(value.Value));

    public static Bounded Cos(Bounded value) => Lipschitz(value, Transcendental.Cos(value.Value));

    public static Bounded Atan(Bounded value) => Monotone(value, Transcendental.Atan);

    public static Bounded Erf(Bounded value) => Monotone(value, Transcendental.Erf);

    public static Bounded Erfc(Bounded value) => Monotone(value, Transcendental.Erfc);

    public static Bounded Pow(Bounded value, Bounded exponent)
    {
        double power = Transcendental.Pow(value.Value, exponent.Value);
        if (value.Error == 0 && exponent.Error == 0)
        {
            return new(power, exponent.Value is 0 or 1 ? 0 : Ulps(power));
        }

        if (value.Value - value.Error <= 0)
        {
            return new(power, double.PositiveInfinity);
        }

        double error = 0;
        foreach (double x in Ends(value))
        {
            foreach (double y in Ends(exponent))
            {
                error = Larger(error, Math.Abs(Transcendental.Pow(x, y) - power));
            }
        }

        return new(power, Up(error, 3 * Ulps(power)));
    }

    public static Bounded Floor(Bounded value) => Monotone(value, Math.Floor, rounds: false);

    public static Bounded Round(Bounded value) => Monotone(value, static x => Math.Round(x, MidpointRounding.ToEven), rounds: false);

    public static Bounded Branch(Bounded value, double threshold, Bounded below, Bounded at, Bounded above)
    {
        var chosen = value.Value < threshold ? below : value.Value == threshold ? at : above;
        if (value.Error == 0 || Math.Abs(value.Value - threshold) > value.Error)
        {
            return chosen;
        }

        double error = Larger(Larger(Off(below), Off(at)), Off(above));
        return new(chosen.Value, error);

        double Off(Bounded other) => Math.Abs(other.Value - chosen.Value) + other.Error;
    }

    public static Bounded Slope(Bounded value, in Pieces pieces)
    {
        double slope = pieces.At(value.Value);
        if (value.Error == 0)
        {
            return new(slope, 0);
        }

        double error = 0;
        var (low, high) = (value.Value - value.Error, value.Value + value.Error);
        foreach (double x in new[] { low, high, pieces.First, pieces.Second })
        {
            error = x >= low && x <= high ? Larger(error, Math.Abs(pieces.At(x) - slope)) : error;
        }

        return new(slope, Larger(error, low <= pieces.First && high >= pieces.Second ? Math.Abs(pieces.Between - slope) : 0));
    }

    public static Bounded Greater(Bounded left, Bounded right, double tie)
    {
        double answer = left.Value == right.Value ? tie : left.Value > right.Value || double.IsNaN(left.Value) ? 1 : 0;
        double reach = left.Error + right.Error;
        return new(answer, reach == 0 || Math.Abs(left.Value - right.Value) > reach
            ? 0
            : Math.Max(Math.Abs(tie - answer), Math.Max(Math.Abs(1 - answer), Math.Abs(answer))));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:R} ± {Error:0.#e-0}");

    /// <summary>The error of a sum of two doubles, exactly (Knuth's).</summary>
    private static double SumError(double a, double b, double sum)
    {
        if (!double.IsFinite(sum))
        {
            return 0;
        }

        double part = sum - a;
        return Math.Abs((a - (sum - part)) + (b - part));
    }

    private static double[] Ends(Bounded value) => value.Error == 0
        ? [value.Value]
        : [Math.BitDecrement(value.Value - value.Error), Math.BitIncrement(value.Value + value.Error)];

    private static double Up(double carried, double own) => carried == 0 && own == 0 ? 0 : Math.BitIncrement((carried + own) * (1 + 1e-15));

    private static double Either(Bounded left, Bounded right) => Larger(left.Error, right.Error);

    // NaN counts as unknown.
    private static double Larger(double a, double b) => a >= b ? a : double.IsNaN(b) ? double.PositiveInfinity : b;

    private static double Ulps(double value) =>
        double.IsFinite(value) ? _ulps * (Math.BitIncrement(Math.Abs(value)) - Math.Abs(value)) : 0;

    private static Bounded Lipschitz(Bounded value, double result) => new(result, Up(Math.Min(value.Error, 2), Own(value, result)));

    // Where these functions take 0 or 1 to 0 or 1, that is so.
    private static double Own(Bounded value, double result) => value.Value is 0 or 1 && result is 0 or 1 ? 0 : Ulps(result);

    private static Bounded Monotone(Bounded value, Func<double, double> function, bool rounds = true)
    {
        double result = function(value.Value);
        double own = rounds ? Own(value, result) : 0;
        if (value.Error == 0)
        {
            return new(result, own);
        }

        // Outward: an error below the last place would be rounded away.
        double error = Larger(
            Math.Abs(function(Math.BitIncrement(value.Value + value.Error)) - result),
            Math.Abs(result - function(Math.BitDecrement(value.Value - value.Error))));
        return new(result, Up(error, 3 * own));
    }
}
