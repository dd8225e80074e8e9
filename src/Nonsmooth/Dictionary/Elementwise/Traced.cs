using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

/// <summary>A scalar that is a variable of a program, or a constant: rules run on it emit programs.</summary>
/// <remarks>
/// x·1 is x, x·(−1) is −x, 0·x is the constant 0. Operations between constants are done at once where every format has the
/// operands and the result; others wait until a variable tells their shape, and become nodes, which each execution rounds in
/// its own format.
/// </remarks>
internal readonly struct Traced : IScalar<Traced>
{
    private readonly Variable? _variable;
    private readonly double _constant;
    private readonly Func<Variable, Variable>? _waiting;

    private Traced(Variable? variable, double constant, Func<Variable, Variable>? waiting = null) =>
        (_variable, _constant, _waiting) = (variable, constant, waiting);

    public static Traced Of(Variable variable) => new(variable, 0);

    public static Traced FromDouble(double value) => new(null, value);

    public bool IsConstant(double value) => IsNumber && _constant == value;

    private bool IsNumber => _variable is null && _waiting is null;

    /// <summary>The variable; a constant becomes a tensor like <paramref name="like"/> filled with it.</summary>
    public Variable Materialise(Variable like) =>
        _variable ?? _waiting?.Invoke(like) ?? like.Builder.Apply(new Fill(like.Shape, _constant));

    public static Traced operator +(Traced left, Traced right) => (left._variable, right._variable) switch
    {
        (null, null) => Folded(default(Add), left, right, left._constant + right._constant),
        (null, { } r) => left.IsNumber ? Apply(new AddConstant(left._constant), r) : Apply2(default(Add), left.Materialise(r), r),
        ({ } l, null) => right.IsNumber ? Apply(new AddConstant(right._constant), l) : Apply2(default(Add), l, right.Materialise(l)),
        ({ } l, { } r) => Apply2(default(Add), l, r),
    };

    public static Traced operator -(Traced left, Traced right) => (left._variable, right._variable) switch
    {
        (_, null) => left + -right,
        (null, { } r) => left + -right,
        ({ } l, { } r) => Apply2(default(Subtract), l, r),
    };

    public static Traced operator *(Traced left, Traced right) => (left._variable, right._variable) switch
    {
        (null, null) => Folded(default(Multiply), left, right, left._constant * right._constant),
        (null, { } r) => left.IsNumber ? Times(left._constant, r) : Apply2(default(Multiply), left.Materialise(r), r),
        ({ } l, null) => right.IsNumber ? Times(right._constant, l) : Apply2(default(Multiply), l, right.Materialise(l)),
        ({ } l, { } r) => Apply2(default(Multiply), l, r),
    };

    public static Traced operator /(Traced left, Traced right) => (left._variable, right._variable) switch
    {
        (null, null) => Folded(default(Divide), left, right, left._constant / right._constant),
        (null, { }) => left * Inverse(right),
        ({ } l, _) => Apply2(default(Divide), l, right.Materialise(l)),
    };

    public static Traced operator -(Traced value) =>
        value.IsNumber ? FromDouble(-value._constant) : Unary(default(Negate), value);

    public static Traced Max(Traced left, Traced right) => Both(default(Maximum), left, right);

    public static Traced Min(Traced left, Traced right) => Both(default(Minimum), left, right);

    public static Traced Abs(Traced value) => Unary(default(Abs), value);

    public static Traced Inverse(Traced value) => Unary(default(Reciprocal), value);

    public static Traced Exp(Traced value) => Unary(default(Exp), value);

    public static Traced ExpM1(Traced value) => Unary(default(ExpM1), value);

    public static Traced Log(Traced value) => Unary(default(Log), value);

    public static Traced LogP1(Traced value) => Unary(default(LogP1), value);

    public static Traced Sqrt(Traced value) => Unary(default(Sqrt), value);

    public static (Traced Root, Traced Inverse) SqrtAndInverse(Traced value) => (Sqrt(value), Rsqrt(value));

    public static Traced Rsqrt(Traced value) => Unary(default(Rsqrt), value);

    public static Traced Tanh(Traced value) => Unary(default(Tanh), value);

    public static Traced Sigmoid(Traced value) => Unary(default(Sigmoid), value);

    public static Traced Sin(Traced value) => Unary(default(Sin), value);

    public static Traced Cos(Traced value) => Unary(default(Cos), value);

    public static Traced Atan(Traced value) => Unary(default(Atan), value);

    public static Traced Erf(Traced value) => Unary(default(Erf), value);

    public static Traced Erfc(Traced value) => Unary(default(Erfc), value);

    public static Traced Pow(Traced value, Traced exponent) =>
        value._variable is { } v && exponent.IsNumber
            ? Apply(new PowConstant(exponent._constant), v)
            : Both(default(Pow), value, exponent);

    public static Traced Floor(Traced value) => Unary(default(Floor), value);

    public static Traced Round(Traced value) => Unary(default(Round), value);

    public static Traced Branch(Traced value, double threshold, Traced below, Traced at, Traced above)
    {
        var x = Needed(value);
        return Of(x.Builder.Apply(
            new Branch(threshold), x, below.Materialise(x), at.Materialise(x), above.Materialise(x)));
    }

    public static Traced Slope(Traced value, in Pieces pieces)
    {
        var x = Needed(value);
        return Of(x.Builder.Apply(new Gate(pieces), x, FromDouble(1).Materialise(x)));
    }

    public static Traced Greater(Traced left, Traced right, double tie)
    {
        var x = left._variable ?? Needed(right);
        return Of(x.Builder.Apply(new Greater(tie), left.Materialise(x), right.Materialise(x)));
    }

    private static Traced Times(double constant, Variable variable) => constant switch
    {
        0 => FromDouble(0),
        1 => Of(variable),
        -1 => Apply(default(Negate), variable),
        _ => Apply(new MultiplyConstant(constant), variable),
    };

    private static Traced Both<TRule>(TRule rule, Traced left, Traced right)
        where TRule : struct, IBinary, IEquatable<TRule>
    {
        if ((left._variable ?? right._variable) is not { } like)
        {
            return Waiting(x => Apply2(rule, left.Materialise(x), right.Materialise(x)));
        }

        return Apply2(rule, left.Materialise(like), right.Materialise(like));
    }

    private static Traced Unary<TRule>(TRule rule, Traced value)
        where TRule : struct, IUnary, IEquatable<TRule> =>
        value._variable is { } v ? Apply(rule, v) : Waiting(x => Apply(rule, value.Materialise(x)));

    private static Traced Folded<TRule>(TRule rule, Traced left, Traced right, double value)
        where TRule : struct, IBinary, IEquatable<TRule> =>
        left.IsNumber && right.IsNumber && IsEverywhere(left._constant) && IsEverywhere(right._constant) && IsEverywhere(value)
            ? FromDouble(value)
            : Both(rule, left, right);

    private static Traced Waiting(Func<Variable, Traced> emit) => new(null, 0, like => emit(like)._variable!);

    // What both 8-bit formats have, every wider one has.
    private static bool IsEverywhere(double value) => Float8E4M3.Round(value) == value && Float8E5M2.Round(value) == value;

    private static Traced Apply<TRule>(TRule rule, Variable x)
        where TRule : struct, IUnary, IEquatable<TRule> => Of(x.Builder.Apply(new Unary<TRule>(rule), x));

    private static Traced Apply2<TRule>(TRule rule, Variable a, Variable b)
        where TRule : struct, IBinary, IEquatable<TRule> => Of(a.Builder.Apply(new Binary<TRule>(rule), a, b));

    private static Variable Needed(Traced value) =>
        value._variable ?? throw new InvalidOperationException("a branch on a constant has no program");
}
