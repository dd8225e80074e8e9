using Nonsmooth.Mathematics;

namespace Nonsmooth.Arithmetic;

/// <summary>A double that counts the operations made with it: the instrumented scalar.</summary>
/// <remarks>
/// The count is kept per thread: read it with <see cref="Measure"/>. An operation between constants is
/// done when the program is built, not when it runs, and counts nothing; one with a constant operand
/// counts as the operation by a fixed constant (complexity specification, 1.2).
/// </remarks>
public readonly struct Counted : INumeric<Counted>
{
    [ThreadStatic]
    private static OperationCount _count;

    private readonly double _value;
    private readonly bool _varies;

    private Counted(double value, bool varies)
    {
        _value = value;
        _varies = varies;
    }

    /// <inheritdoc/>
    public static string Format => "counted f64";

    /// <summary>A value that varies from run to run, unlike a constant.</summary>
    public static Counted Variable(double value) => new(value, true);

    /// <inheritdoc/>
    public static Counted Varying(double value) => Variable(value);

    /// <summary>What <paramref name="work"/> counts on this thread.</summary>
    public static OperationCount Measure(Action work)
    {
        var outer = _count;
        _count = default;
        try
        {
            work();
            return _count;
        }
        finally
        {
            _count = outer;
        }
    }

    /// <inheritdoc/>
    public static Counted FromDouble(double value) => new(value, false);

    /// <inheritdoc/>
    public static double ToDouble(Counted value) => value._value;

    /// <inheritdoc/>
    public static Counted operator +(Counted left, Counted right) =>
        Binary(left, right, left._value + right._value, ScalarOperation.Add, ScalarOperation.AddConstant, ScalarOperation.AddConstant);

    /// <inheritdoc/>
    public static Counted operator -(Counted left, Counted right) =>
        Binary(left, right, left._value - right._value, ScalarOperation.Add, ScalarOperation.AddConstant, ScalarOperation.AddConstant);

    /// <inheritdoc/>
    public static Counted operator *(Counted left, Counted right) =>
        Binary(left, right, left._value * right._value, ScalarOperation.Multiply, ScalarOperation.MultiplyConstant, ScalarOperation.MultiplyConstant);

    /// <inheritdoc/>
    public static Counted operator /(Counted left, Counted right) =>
        Binary(left, right, left._value / right._value, ScalarOperation.Divide, ScalarOperation.MultiplyConstant, ScalarOperation.Inverse);

    /// <inheritdoc/>
    public static Counted operator -(Counted value) => Unary(value, -value._value, ScalarOperation.MultiplyConstant);

    /// <inheritdoc/>
    public static Counted Max(Counted left, Counted right) => Compare(left, right, Math.Max(left._value, right._value));

    /// <inheritdoc/>
    public static Counted Min(Counted left, Counted right) => Compare(left, right, Math.Min(left._value, right._value));

    /// <inheritdoc/>
    public static Counted Abs(Counted value) => Unary(value, Math.Abs(value._value), ScalarOperation.Compare);

    /// <inheritdoc/>
    public static Counted Inverse(Counted value) => Unary(value, 1 / value._value, ScalarOperation.Inverse);

    /// <inheritdoc/>
    public static Counted Exp(Counted value) => Unary(value, Transcendental.Exp(value._value), ScalarOperation.Exp);

    /// <inheritdoc/>
    public static Counted ExpM1(Counted value) => Unary(value, Transcendental.ExpM1(value._value), ScalarOperation.Exp);

    /// <inheritdoc/>
    public static Counted Log(Counted value) => Unary(value, Transcendental.Log(value._value), ScalarOperation.Log);

    /// <inheritdoc/>
    public static Counted LogP1(Counted value) => Unary(value, Transcendental.LogP1(value._value), ScalarOperation.Log);

    /// <inheritdoc/>
    public static Counted Sqrt(Counted value) => Unary(value, Math.Sqrt(value._value), ScalarOperation.Sqrt);

    /// <inheritdoc/>
    public static (Counted Root, Counted Inverse) SqrtAndInverse(Counted value)
    {
        // x·(1/√x) is √x: the inverse root is the nonlinear operation, the root one more product.
        Count(value, ScalarOperation.Sqrt);
        Count(value, ScalarOperation.Multiply);
        double root = Math.Sqrt(value._value);
        return (new(root, value._varies), new(1 / root, value._varies));
    }

    /// <inheritdoc/>
    public static Counted Rsqrt(Counted value) => Unary(value, 1 / Math.Sqrt(value._value), ScalarOperation.Sqrt);

    /// <inheritdoc/>
    public static Counted Tanh(Counted value) => Unary(value, Transcendental.Tanh(value._value), ScalarOperation.Tanh);

    /// <inheritdoc/>
    public static Counted Sigmoid(Counted value) => Unary(value, Transcendental.Sigmoid(value._value), ScalarOperation.Sigmoid);

    /// <inheritdoc/>
    public static Counted Sin(Counted value) => Unary(value, Transcendental.Sin(value._value), ScalarOperation.Sine);

    /// <inheritdoc/>
    public static Counted Cos(Counted value) => Unary(value, Transcendental.Cos(value._value), ScalarOperation.Sine);

    /// <inheritdoc/>
    public static Counted Atan(Counted value) => Unary(value, Transcendental.Atan(value._value), ScalarOperation.Sine);

    /// <inheritdoc/>
    public static Counted Erf(Counted value) => Unary(value, Transcendental.Erf(value._value), ScalarOperation.Erf);

    /// <inheritdoc/>
    public static Counted Erfc(Counted value) => Unary(value, Transcendental.Erfc(value._value), ScalarOperation.Erf);

    /// <inheritdoc/>
    public static Counted Pow(Counted value, Counted exponent)
    {
        Count(new(0, value._varies || exponent._varies), ScalarOperation.Power);
        return new(Transcendental.Pow(value._value, exponent._value), value._varies || exponent._varies);
    }

    /// <inheritdoc/>
    public static Counted Floor(Counted value) => Unary(value, Math.Floor(value._value), ScalarOperation.Round);

    /// <inheritdoc/>
    public static Counted Round(Counted value) =>
        Unary(value, Math.Round(value._value, MidpointRounding.ToEven), ScalarOperation.Round);

    /// <inheritdoc/>
    public static Counted Branch(Counted value, double threshold, Counted below, Counted at, Counted above)
    {
        Count(value, ScalarOperation.Compare);
        var taken = value._value < threshold ? below : value._value == threshold ? at : above;
        return new(taken._value, value._varies || taken._varies);
    }

    /// <inheritdoc/>
    public static Counted Slope(Counted value, in Pieces pieces) => new(pieces.At(value._value), value._varies);

    /// <inheritdoc/>
    public static Counted Greater(Counted left, Counted right, double tie) =>
        new(left._value == right._value ? tie : left._value > right._value || double.IsNaN(left._value) ? 1 : 0, true);

    /// <inheritdoc/>
    public override string ToString() => _value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private static Counted Unary(Counted value, double result, ScalarOperation kind)
    {
        Count(value, kind);
        return new(result, value._varies);
    }

    private static Counted Compare(Counted left, Counted right, double result) =>
        Binary(left, right, result, ScalarOperation.Maximum, ScalarOperation.Compare, ScalarOperation.Compare);

    private static Counted Binary(
        Counted left, Counted right, double result, ScalarOperation both, ScalarOperation constantRight, ScalarOperation constantLeft)
    {
        if (left._varies || right._varies)
        {
            var kind = left._varies && right._varies ? both : left._varies ? constantRight : constantLeft;
            _count += OperationCount.Of(kind, 1);
        }

        return new(result, left._varies || right._varies);
    }

    private static void Count(Counted value, ScalarOperation kind)
    {
        if (value._varies)
        {
            _count += OperationCount.Of(kind, 1);
        }
    }
}
