using System.Globalization;
using Nonsmooth.Arithmetic;

namespace Nonsmooth.LibTorch.Tests.Formats;

/// <summary>A double that carries how far a computation in another format may be from it: values stored in <typeparamref name="TStored"/>, arithmetic in <typeparamref name="TComputed"/>.</summary>
/// <remarks>
/// <para>Each operation that rounds adds one unit roundoff of the arithmetic times its result (four for exp, log and the others, which
/// libraries give within an ulp or two), and the error that its operands carry, to first order. Constants that the stored format does
/// not hold are off by their rounding. A comparison that the error could turn takes the distance of the other outcome.</para>
/// <para>Infinite where nothing is promised. What is stored between nodes is rounded by <see cref="Stored"/>.</para>
/// </remarks>
internal readonly record struct Erring<TStored, TComputed>(double Value, double Error) : INumeric<Erring<TStored, TComputed>>
    where TStored : struct, IFormat
    where TComputed : struct, IFormat
{
    private const int Library = 4;

    private static readonly double _unit = Math.ScaleB(1, -TComputed.Precision);

    public static string Format => $"{TStored.Name}({TComputed.Name})";

    /// <summary>As it is kept between two nodes.</summary>
    public Erring<TStored, TComputed> Stored
    {
        get
        {
            double reach = Math.Abs(Value) + Error;
            if (double.IsFinite(Value) ? double.IsNaN(reach) || reach > TStored.Largest : double.IsNaN(TStored.Round(Value)))
            {
                return this with { Error = double.PositiveInfinity };
            }

            return double.IsFinite(Value) ? this with { Error = Error + (Math.ScaleB(1, -TStored.Precision) * reach) + (TStored.Smallest / 2) } : this;
        }
    }

    public static Erring<TStored, TComputed> FromDouble(double value) => new(value, double.IsFinite(value) ? Math.Abs(value - TStored.Round(value)) : 0);

    public static Erring<TStored, TComputed> Varying(double value) => new(value, 0);

    public static double ToDouble(Erring<TStored, TComputed> value) => value.Value;

    public static Erring<TStored, TComputed> Weighted(double weight, Erring<TStored, TComputed> value) => FromDouble(weight) * value;

    public static Erring<TStored, TComputed> operator +(Erring<TStored, TComputed> a, Erring<TStored, TComputed> b) => Of(a.Value + b.Value, a.Error + b.Error);

    public static Erring<TStored, TComputed> operator -(Erring<TStored, TComputed> a, Erring<TStored, TComputed> b) => Of(a.Value - b.Value, a.Error + b.Error);

    public static Erring<TStored, TComputed> operator *(Erring<TStored, TComputed> a, Erring<TStored, TComputed> b) =>
        Of(a.Value * b.Value, Carried(a, b) + Carried(b, a) + (a.Error == 0 || b.Error == 0 ? 0 : a.Error * b.Error));

    public static Erring<TStored, TComputed> operator /(Erring<TStored, TComputed> a, Erring<TStored, TComputed> b)
    {
        double quotient = a.Value / b.Value;
        double least = Math.Abs(b.Value) - b.Error;
        return Of(quotient, a.Error == 0 && b.Error == 0 ? 0 : least > 0 ? (a.Error + Math.Abs(quotient * b.Error)) / least : double.PositiveInfinity);
    }

    public static Erring<TStored, TComputed> operator -(Erring<TStored, TComputed> value) => value with { Value = -value.Value };

    public static Erring<TStored, TComputed> Max(Erring<TStored, TComputed> a, Erring<TStored, TComputed> b) =>
        new(a.Value > b.Value || double.IsNaN(a.Value) ? a.Value : b.Value, Math.Max(a.Error, b.Error));

    public static Erring<TStored, TComputed> Min(Erring<TStored, TComputed> a, Erring<TStored, TComputed> b) =>
        new(a.Value < b.Value || double.IsNaN(a.Value) ? a.Value : b.Value, Math.Max(a.Error, b.Error));

    public static Erring<TStored, TComputed> Abs(Erring<TStored, TComputed> value) => value with { Value = Math.Abs(value.Value) };

    public static Erring<TStored, TComputed> Inverse(Erring<TStored, TComputed> value) => new Erring<TStored, TComputed>(1, 0) / value;

    public static Erring<TStored, TComputed> Exp(Erring<TStored, TComputed> x) => By<Exponential>(x);

    public static Erring<TStored, TComputed> ExpM1(Erring<TStored, TComputed> x) => By<ExponentialM1>(x);

    public static Erring<TStored, TComputed> Log(Erring<TStored, TComputed> x) => By<Logarithm>(x);

    public static Erring<TStored, TComputed> LogP1(Erring<TStored, TComputed> x) => By<LogarithmP1>(x);

    public static Erring<TStored, TComputed> Sqrt(Erring<TStored, TComputed> x) => By<Root>(x);

    public static (Erring<TStored, TComputed> Root, Erring<TStored, TComputed> Inverse) SqrtAndInverse(Erring<TStored, TComputed> x) => (Sqrt(x), Rsqrt(x));

    public static Erring<TStored, TComputed> Rsqrt(Erring<TStored, TComputed> x) => Inverse(Sqrt(x));

    public static Erring<TStored, TComputed> Tanh(Erring<TStored, TComputed> x) => By<HyperbolicTangent>(x);

    public static Erring<TStored, TComputed> Sigmoid(Erring<TStored, TComputed> x) => By<Logistic>(x);

    public static Erring<TStored, TComputed> Sin(Erring<TStored, TComputed> x) => Turned(x, Math.Sin(x.Value));

    public static Erring<TStored, TComputed> Cos(Erring<TStored, TComputed> x) => Turned(x, Math.Cos(x.Value));

    public static Erring<TStored, TComputed> Atan(Erring<TStored, TComputed> x) => By<InverseTangent>(x);

    public static Erring<TStored, TComputed> Erf(Erring<TStored, TComputed> x) => By<ErrorIntegral>(x);

    public static Erring<TStored, TComputed> Erfc(Erring<TStored, TComputed> x) => By<ComplementaryError>(x);

    public static Erring<TStored, TComputed> Pow(Erring<TStored, TComputed> x, Erring<TStored, TComputed> y)
    {
        double power = Math.Pow(x.Value, y.Value);
        double off = 0;
        if (x.Error > 0 || y.Error > 0)
        {
            foreach (double a in (double[])[x.Value - x.Error, x.Value + x.Error])
            {
                foreach (double b in (double[])[y.Value - y.Error, y.Value + y.Error])
                {
                    off = Larger(off, Math.Abs(Math.Pow(a, b) - power));
                }
            }
        }

        return Of(power, off, Library);
    }

    public static Erring<TStored, TComputed> Floor(Erring<TStored, TComputed> x) => Step(x, Math.Floor);

    public static Erring<TStored, TComputed> Round(Erring<TStored, TComputed> x) => Step(x, static v => Math.Round(v, MidpointRounding.ToEven));

    public static Erring<TStored, TComputed> Branch(
        Erring<TStored, TComputed> value, double threshold, Erring<TStored, TComputed> below, Erring<TStored, TComputed> at, Erring<TStored, TComputed> above)
    {
        var chosen = value.Value < threshold ? below : value.Value == threshold ? at : above;
        double reach = value.Error + Math.Abs(threshold - TStored.Round(threshold));
        return reach == 0 || !(Math.Abs(value.Value - threshold) <= reach)
            ? chosen
            : chosen with { Error = Larger(Larger(Off(below), Off(at)), Off(above)) };

        double Off(Erring<TStored, TComputed> other) => Math.Abs(other.Value - chosen.Value) + other.Error;
    }

    public static Erring<TStored, TComputed> Slope(Erring<TStored, TComputed> value, in Pieces pieces)
    {
        var (lower, upper) = (pieces.First, pieces.HasSecond ? pieces.Second : double.PositiveInfinity);
        double reach = value.Error + Near(value.Value, lower) + Near(value.Value, upper);
        double slope = pieces.At(value.Value);
        double off = 0;
        foreach (double x in reach == 0 ? [] : (double[])[value.Value - reach, value.Value + reach, lower, upper])
        {
            off = Math.Abs(x - value.Value) <= reach ? Math.Max(off, Math.Abs(pieces.At(x) - slope)) : off;
        }

        return new(slope, off + FromDouble(slope).Error);
    }

    public static Erring<TStored, TComputed> Greater(Erring<TStored, TComputed> a, Erring<TStored, TComputed> b, double tie)
    {
        double answer = a.Value == b.Value ? tie : a.Value > b.Value || double.IsNaN(a.Value) ? 1 : 0;
        double reach = a.Error + b.Error;
        return new(answer, reach == 0 || !(Math.Abs(a.Value - b.Value) <= reach) ? FromDouble(answer).Error : 1);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value:R} ± {Error:0.#e-0}");

    private static double Near(double value, double threshold)
    {
        double off = double.IsFinite(threshold) ? Math.Abs(threshold - TStored.Round(threshold)) : 0;
        return Math.Abs(value - threshold) <= off ? off : 0;
    }

    // An infinity or NaN that errors could have made promises as little as they do.
    private static Erring<TStored, TComputed> Of(double value, double carried, int units = 1) => new(
        value,
        !double.IsFinite(value) ? (carried > 0 ? double.PositiveInfinity : 0)
        : Math.Abs(value) + carried > TComputed.Largest ? double.PositiveInfinity
        : value == 0 ? carried
        : carried + (units * ((_unit * Math.Abs(value)) + TComputed.Smallest)));

    // 0 times what may be anything may be NaN: nothing is promised.
    private static double Carried(Erring<TStored, TComputed> factor, Erring<TStored, TComputed> off) =>
        off.Error == 0 ? 0 : double.IsInfinity(off.Error) ? double.PositiveInfinity : Math.Abs(factor.Value) * off.Error;

    private static double Larger(double a, double b) => double.IsNaN(b) ? double.PositiveInfinity : Math.Max(a, b);

    private static Erring<TStored, TComputed> Turned(Erring<TStored, TComputed> x, double result) => Of(result, Math.Min(2, x.Error), Library);

    private static Erring<TStored, TComputed> Step(Erring<TStored, TComputed> x, Func<double, double> step)
    {
        double result = step(x.Value);
        return new(result, x.Error == 0 ? 0 : Larger(Math.Abs(step(x.Value + x.Error) - result), Math.Abs(step(x.Value - x.Error) - result)));
    }

    private static Erring<TStored, TComputed> By<TFunction>(Erring<TStored, TComputed> x)
        where TFunction : IMonotone
    {
        double result = TFunction.Of(x.Value);
        double off = x.Error == 0 ? 0 : Larger(Larger(0, Math.Abs(TFunction.Of(x.Value + x.Error) - result)), Math.Abs(TFunction.Of(x.Value - x.Error) - result));
        return Of(result, off, Library);
    }

    private interface IMonotone
    {
        static abstract double Of(double x);
    }

    private readonly struct Exponential : IMonotone
    {
        public static double Of(double x) => Math.Exp(x);
    }

    private readonly struct ExponentialM1 : IMonotone
    {
        public static double Of(double x) => Float64Of(x, Rounded<Float64>.ExpM1);
    }

    private readonly struct Logarithm : IMonotone
    {
        public static double Of(double x) => Math.Log(x);
    }

    private readonly struct LogarithmP1 : IMonotone
    {
        public static double Of(double x) => Float64Of(x, Rounded<Float64>.LogP1);
    }

    private readonly struct Root : IMonotone
    {
        public static double Of(double x) => Math.Sqrt(x);
    }

    private readonly struct HyperbolicTangent : IMonotone
    {
        public static double Of(double x) => Math.Tanh(x);
    }

    private readonly struct Logistic : IMonotone
    {
        public static double Of(double x) => Float64Of(x, Rounded<Float64>.Sigmoid);
    }

    private readonly struct InverseTangent : IMonotone
    {
        public static double Of(double x) => Math.Atan(x);
    }

    private readonly struct ErrorIntegral : IMonotone
    {
        public static double Of(double x) => Float64Of(x, Rounded<Float64>.Erf);
    }

    private readonly struct ComplementaryError : IMonotone
    {
        public static double Of(double x) => Float64Of(x, Rounded<Float64>.Erfc);
    }

    private static double Float64Of(double x, Func<Rounded<Float64>, Rounded<Float64>> function) =>
        Rounded<Float64>.ToDouble(function(Rounded<Float64>.FromDouble(x)));
}
