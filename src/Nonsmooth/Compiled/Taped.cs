using Nonsmooth.Arithmetic;

namespace Nonsmooth.Compiled;

/// <summary>A number that is a step of the thread's tape: a function evaluated on it is written down, operation by operation.</summary>
/// <remarks>The default is 0. What a function would read off the number is not there: it throws <see cref="NotTapedException"/>.</remarks>
internal readonly struct Taped : INumeric<Taped>
{
    [ThreadStatic]
    private static Tape? _tape;

    public Taped(int step) => Step = step;

    public static string Format => "taped";

    public int Step { get; }

    private static Tape Tape => _tape ?? throw new InvalidOperationException("a taped number outside a tape");

    /// <summary>Makes a tape that of the thread while something is run.</summary>
    public static TResult On<TResult>(Tape tape, Func<TResult> run)
    {
        var outer = _tape;
        _tape = tape;
        try
        {
            return run();
        }
        finally
        {
            _tape = outer;
        }
    }

    public static Taped FromDouble(double value) => new(Tape.Constant(value));

    public static Taped operator +(Taped left, Taped right) => Of(TapeCode.Add, left, right);

    public static Taped operator -(Taped left, Taped right) => Of(TapeCode.Subtract, left, right);

    public static Taped operator *(Taped left, Taped right) => Of(TapeCode.Multiply, left, right);

    public static Taped operator /(Taped left, Taped right) => Of(TapeCode.Divide, left, right);

    public static Taped operator -(Taped value) => Of(TapeCode.Negate, value);

    public static Taped Max(Taped left, Taped right) => Of(TapeCode.Max, left, right);

    public static Taped Min(Taped left, Taped right) => Of(TapeCode.Min, left, right);

    public static Taped Abs(Taped value) => Of(TapeCode.Abs, value);

    public static Taped Inverse(Taped value) => FromDouble(1) / value;

    public static Taped Exp(Taped value) => Of(TapeCode.Exp, value);

    public static Taped ExpM1(Taped value) => Of(TapeCode.ExpM1, value);

    public static Taped Log(Taped value) => Of(TapeCode.Log, value);

    public static Taped LogP1(Taped value) => Of(TapeCode.LogP1, value);

    public static Taped Sqrt(Taped value) => Of(TapeCode.Sqrt, value);

    public static (Taped Root, Taped Inverse) SqrtAndInverse(Taped value) => (Sqrt(value), Rsqrt(value));

    public static Taped Rsqrt(Taped value) => Of(TapeCode.Rsqrt, value);

    public static Taped Tanh(Taped value) => Of(TapeCode.Tanh, value);

    public static Taped Sigmoid(Taped value) => Of(TapeCode.Sigmoid, value);

    public static Taped Sin(Taped value) => Of(TapeCode.Sin, value);

    public static Taped Cos(Taped value) => Of(TapeCode.Cos, value);

    public static Taped Atan(Taped value) => Of(TapeCode.Atan, value);

    public static Taped Erf(Taped value) => Of(TapeCode.Erf, value);

    public static Taped Erfc(Taped value) => Of(TapeCode.Erfc, value);

    public static Taped Pow(Taped value, Taped exponent) => Of(TapeCode.Pow, value, exponent);

    public static Taped Floor(Taped value) => Of(TapeCode.Floor, value);

    public static Taped Round(Taped value) => Of(TapeCode.Round, value);

    public static Taped Branch(Taped value, double threshold, Taped below, Taped at, Taped above) =>
        new(Tape.Branch(value.Step, threshold, below.Step, at.Step, above.Step));

    public static Taped Slope(Taped value, in Pieces pieces)
    {
        var tape = Tape;
        int between = tape.Constant(pieces.Between);
        int above = tape.Constant(pieces.Above);
        int upper = pieces.HasSecond ? tape.Branch(value.Step, pieces.Second, between, tape.Constant(pieces.AtSecond), above)
            : tape.Select(tape.Write(new(TapeCode.Unordered, value.Step)), above, between);
        return new(tape.Branch(value.Step, pieces.First, tape.Constant(pieces.Below), tape.Constant(pieces.AtFirst), upper));
    }

    public static Taped Greater(Taped left, Taped right, double tie)
    {
        var tape = Tape;
        int greater = tape.Write(new(TapeCode.Less, right.Step, left.Step));
        int mask = tape.Write(new(TapeCode.Or, greater, tape.Write(new(TapeCode.Unordered, left.Step))));
        int other = tape.Select(mask, tape.Constant(1), 0);
        return new(tape.Select(tape.Write(new(TapeCode.Equal, left.Step, right.Step)), tape.Constant(tie), other));
    }

    public static double ToDouble(Taped value) => throw new NotTapedException();

    public static Taped Weighted(double weight, Taped value) => new(Tape.Write(new(TapeCode.Weighted, value.Step, number: weight)));

    public static Taped UnlessZero(Taped weight, Taped value)
    {
        var tape = Tape;
        return new(tape.Select(tape.Write(new(TapeCode.Equal, weight.Step, 0)), 0, value.Step));
    }

    private static Taped Of(TapeCode code, Taped a) => new(Tape.Write(new(code, a.Step)));

    private static Taped Of(TapeCode code, Taped a, Taped b) => new(Tape.Write(new(code, a.Step, b.Step)));
}
