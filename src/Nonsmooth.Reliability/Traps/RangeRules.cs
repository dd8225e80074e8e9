using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Traps;

/// <summary>The range of each function's value from those of its arguments: one table.</summary>
/// <param name="format">The arithmetic, which rounds constants and underflows.</param>
internal sealed class RangeRules(TrapFormat format)
{
    private const double Infinity = double.PositiveInfinity;

    /// <summary>The range of the node's first result; <see cref="ValueRange.Any"/> where nothing is known.</summary>
    public ValueRange Of(Node node, IReadOnlyList<ValueRange> a, IReadOnlyList<TensorType> types) => node.Function switch
    {
        Fill f => new(Round(f.Value), Round(f.Value)) { Infinite = double.IsInfinity(f.Value) },
        Reshape or Transpose or Broadcast or Slice or Gather or Embedding or Sort or TopK or Median or ReduceExtremum
            or MaxPool2d or CumulativeMaximum => a[0],
        WindowMean or Unslice => a[0].Union(new(0, 0)),
        Pad f => a[0].Union(new(f.Value, f.Value)),
        Concatenate => a.Aggregate((x, y) => x.Union(y)),
        Select => a[1].Union(a[2]),
        Unary<AddConstant> f => a[0].Map(x => Round(x + f.Rule.Constant)) with { NonZero = a[0].Low >= 0 && f.Rule.Constant >= 0 && a[0].NonZero },
        Unary<MultiplyConstant> f => Times(a[0], f.Rule.Constant),
        Unary<Negate> => Times(a[0], -1),
        Binary<Add> => Plus(a[0], a[1]),
        Binary<Subtract> => Plus(a[0], Times(a[1], -1)),
        Binary<Multiply> => node.Arguments[0] == node.Arguments[1] ? Square(a[0]) : Times(a[0], a[1]),
        Binary<Divide> => Times(a[0], Inverse(a[1])),
        Binary<Maximum> => Largest(a[0], a[1]),
        Binary<Minimum> => Times(Largest(Times(a[0], -1), Times(a[1], -1)), -1),
        Unary<Square> => Square(a[0]),
        Unary<Abs> => Absolute(a[0]),
        Norm => Total(Absolute(a[0]), types[0].Shape.Count64),
        Unary<Clamp> f => a[0].Map(x => Math.Min(Math.Max(x, Round(f.Rule.Lower)), Round(f.Rule.Upper))),
        Unary<Relu> => a[0].Map(x => Math.Max(x, 0)),
        Unary<Relu6> => a[0].Map(x => Math.Clamp(x, 0, 6)),
        Unary<Hardsigmoid> => new(0, 1),
        Unary<Hardtanh> => a[0].Map(x => Math.Clamp(x, -1, 1)),
        Unary<Tanh> => a[0].Map(x => Round(Math.Tanh(x))),
        Unary<Sigmoid> => a[0].Map(x => Round(1 / (1 + Math.Exp(-x)))),
        Unary<Softplus> => a[0].Map(x => Round(Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))))),
        Unary<Elu> f => a[0].Map(x => x < 0 ? f.Rule.Alpha * (Math.Exp(x) - 1) : x),
        Unary<Selu> => new(-1.7581, Math.Max(0, 1.0508 * a[0].High)),
        Unary<Gelu> => new(-0.1701, Math.Max(0, a[0].High)),
        Unary<Silu> => new(-0.279, Math.Max(0, a[0].High)),
        Unary<Exp> => a[0].Map(x => Round(Math.Exp(x))) with { Overflows = Round(Math.Exp(a[0].High)) == Infinity },
        Unary<ExpM1> => a[0].Map(x => Round(Math.Exp(x) - 1)) with { Overflows = Round(Math.Exp(a[0].High)) == Infinity },
        Unary<Log> => Logarithm(a[0], 0),
        Unary<LogP1> => Logarithm(a[0], 1),
        Unary<Sqrt> => a[0].Low >= 0 ? a[0].Map(Math.Sqrt) with { NonZero = a[0].NonZero } : ValueRange.NotNegative,
        Unary<Rsqrt> => a[0].Low >= 0 ? Inverse(a[0].Map(Math.Sqrt)) : ValueRange.Positive,
        Unary<Reciprocal> => Inverse(a[0]),
        Unary<PowConstant> f => Power(a[0], f.Rule.Exponent),
        Unary<Sin> or Unary<Cos> or Unary<Erf> or Unary<Sign> => new(-1, 1),
        Unary<Erfc> => new(0, 2),
        Unary<Floor> => a[0].Map(Math.Floor),
        Unary<Round> => a[0].Map(x => Math.Round(x)),
        Softmax => new(0, 1),
        LogSoftmax => new(double.NegativeInfinity, 0),
        Mean => a[0],
        Sum => Total(a[0], types[0].Shape.Count64),
        CumulativeSum => Total(a[0], types[0].Shape.Count64).Union(a[0]),
        Dot => node.Arguments[0] == node.Arguments[1] ? ValueRange.NotNegative : ValueRange.Any,
        _ => ValueRange.Any,
    };

    private double Round(double value) => format.Round(value);

    private ValueRange Times(ValueRange a, double c)
    {
        c = Round(c);
        double x = Product(a.Low, c), y = Product(a.High, c);
        return a with { Low = Math.Min(x, y), High = Math.Max(x, y), NonZero = a.NonZero && c != 0, Infinite = a.Infinite || double.IsInfinity(c) };
    }

    private static ValueRange Times(ValueRange a, ValueRange b)
    {
        double[] corners = [Product(a.Low, b.Low), Product(a.Low, b.High), Product(a.High, b.Low), Product(a.High, b.High)];

        return new(corners.Min(), corners.Max()) { NonZero = !a.Contains(0) && !b.Contains(0), Infinite = a.Infinite || b.Infinite, Overflows = a.Overflows || b.Overflows };
    }

    private ValueRange Plus(ValueRange a, ValueRange b) => new(Round(a.Low + b.Low), Round(a.High + b.High))
    {
        NonZero = (a.Low >= 0 && b.Low >= 0) || (a.High <= 0 && b.High <= 0) ? !a.Contains(0) || !b.Contains(0) : false,
        Infinite = a.Infinite || b.Infinite,
        Overflows = a.Overflows || b.Overflows,
    };

    private static ValueRange Largest(ValueRange a, ValueRange b)
    {
        double low = Math.Max(a.Low, b.Low);
        bool nonZero = (a.Low >= 0 && !a.Contains(0)) || (b.Low >= 0 && !b.Contains(0));
        return new(low, Math.Max(a.High, b.High)) { NonZero = nonZero, Overflows = a.Overflows || b.Overflows, Infinite = a.Infinite && b.Infinite };
    }

    private static ValueRange Absolute(ValueRange a) => a with
    {
        Low = a.Low > 0 ? a.Low : a.High < 0 ? -a.High : 0,
        High = Math.Max(Math.Abs(a.Low), Math.Abs(a.High)),
    };

    private ValueRange Square(ValueRange a) => Absolute(a) with { Low = Round(Product(Absolute(a).Low, Absolute(a).Low)), High = Product(Absolute(a).High, Absolute(a).High) };

    // A zero at the upper end can have either sign, and with it its inverse; one at the lower end is taken as +0.
    private static ValueRange Inverse(ValueRange a) => a.Low < 0 && (a.High > 0 || a.Contains(0))
        ? ValueRange.Any with { NonZero = true, Overflows = a.Overflows }
        : new(a.Low < 0 ? Reciprocal(a.High, -1) : Reciprocal(a.High, 1), a.Low < 0 ? Reciprocal(a.Low, -1) : Reciprocal(a.Low, 1))
        {
            // A finite number's inverse is not 0; that of an exponential that overflows is.
            NonZero = !a.Overflows && !a.Infinite,
        };

    private static double Reciprocal(double x, int sign) => x == 0 ? sign * Infinity : 1 / x;

    private ValueRange Logarithm(ValueRange a, double shift) => new(
        a.Low + shift <= 0 ? double.NegativeInfinity : Round(Math.Log(a.Low + shift)), a.High + shift <= 0 ? Infinity : Round(Math.Log(a.High + shift)))
    {
        Infinite = a.Reaches(-shift), Overflows = a.Overflows,
    };

    private ValueRange Power(ValueRange a, double exponent) => exponent switch
    {
        2 => Square(a),
        > 0 when a.Low >= 0 => a.Map(x => Round(Math.Pow(x, exponent))) with { NonZero = a.NonZero },
        < 0 when a.Low >= 0 => Inverse(a.Map(x => Math.Pow(x, -exponent))),
        _ => exponent % 2 == 0 ? ValueRange.NotNegative : ValueRange.Any,
    };

    private static ValueRange Total(ValueRange a, long count) => a with
    {
        Low = a.Low < 0 ? Product(a.Low, count) : a.Low,
        High = a.High > 0 ? Product(a.High, count) : a.High,
        NonZero = a.NonZero && (a.Low >= 0 || a.High <= 0),
    };

    private static double Product(double x, double y) => x == 0 || y == 0 ? 0 : x * y;
}
