using Nonsmooth.Selections;

namespace Nonsmooth.Arithmetic;

/// <summary>A scalar that writes down what a rule does with it: see <see cref="Recording"/>.</summary>
/// <remarks>
/// A rule that is run on it once has told all its operations, since rules do not branch on values. It must run inside
/// <see cref="Recording.Of"/>; the tape is the thread's.
/// </remarks>
public readonly struct Recorded : IScalar<Recorded>
{
    [ThreadStatic]
    private static List<ScalarStep>? _tape;

    private readonly int _step;

    private Recorded(int step) => _step = step;

    /// <inheritdoc/>
    public static Recorded FromDouble(double value) => Write(new(ScalarCode.Constant, Number: value));

    /// <inheritdoc/>
    public static Recorded operator +(Recorded left, Recorded right) => Two(ScalarCode.Add, left, right);

    /// <inheritdoc/>
    public static Recorded operator -(Recorded left, Recorded right) => Two(ScalarCode.Subtract, left, right);

    /// <inheritdoc/>
    public static Recorded operator *(Recorded left, Recorded right) => Two(ScalarCode.Multiply, left, right);

    /// <inheritdoc/>
    public static Recorded operator /(Recorded left, Recorded right) => Two(ScalarCode.Divide, left, right);

    /// <inheritdoc/>
    public static Recorded operator -(Recorded value) => One(ScalarCode.Negate, value);

    /// <inheritdoc/>
    public static Recorded Max(Recorded left, Recorded right) => Two(ScalarCode.Max, left, right);

    /// <inheritdoc/>
    public static Recorded Max(Recorded left, Recorded right, SelectionKey<TieRule> ties) =>
        Write(new(ScalarCode.Max, left._step, right._step) { Key = ties });

    /// <inheritdoc/>
    public static Recorded Min(Recorded left, Recorded right) => Two(ScalarCode.Min, left, right);

    /// <inheritdoc/>
    public static Recorded Min(Recorded left, Recorded right, SelectionKey<TieRule> ties) =>
        Write(new(ScalarCode.Min, left._step, right._step) { Key = ties });

    /// <inheritdoc/>
    public static Recorded Abs(Recorded value) => One(ScalarCode.Abs, value);

    /// <inheritdoc/>
    public static Recorded Abs(Recorded value, SelectionKey<KinkRule> atZero) =>
        Write(new(ScalarCode.Abs, value._step) { Key = atZero });

    /// <inheritdoc/>
    public static Recorded Inverse(Recorded value) => One(ScalarCode.Inverse, value);

    /// <inheritdoc/>
    public static Recorded Exp(Recorded value) => One(ScalarCode.Exp, value);

    /// <inheritdoc/>
    public static Recorded ExpM1(Recorded value) => One(ScalarCode.ExpM1, value);

    /// <inheritdoc/>
    public static Recorded Log(Recorded value) => One(ScalarCode.Log, value);

    /// <inheritdoc/>
    public static Recorded LogP1(Recorded value) => One(ScalarCode.LogP1, value);

    /// <inheritdoc/>
    public static Recorded Sqrt(Recorded value) => One(ScalarCode.Sqrt, value);

    /// <inheritdoc/>
    public static (Recorded Root, Recorded Inverse) SqrtAndInverse(Recorded value) => (Sqrt(value), Rsqrt(value));

    /// <inheritdoc/>
    public static Recorded Rsqrt(Recorded value) => One(ScalarCode.Rsqrt, value);

    /// <inheritdoc/>
    public static Recorded Tanh(Recorded value) => One(ScalarCode.Tanh, value);

    /// <inheritdoc/>
    public static Recorded Sigmoid(Recorded value) => One(ScalarCode.Sigmoid, value);

    /// <inheritdoc/>
    public static Recorded Sin(Recorded value) => One(ScalarCode.Sin, value);

    /// <inheritdoc/>
    public static Recorded Cos(Recorded value) => One(ScalarCode.Cos, value);

    /// <inheritdoc/>
    public static Recorded Atan(Recorded value) => One(ScalarCode.Atan, value);

    /// <inheritdoc/>
    public static Recorded Erf(Recorded value) => One(ScalarCode.Erf, value);

    /// <inheritdoc/>
    public static Recorded Erfc(Recorded value) => One(ScalarCode.Erfc, value);

    /// <inheritdoc/>
    public static Recorded Pow(Recorded value, Recorded exponent) => Two(ScalarCode.Pow, value, exponent);

    /// <inheritdoc/>
    public static Recorded Floor(Recorded value) => One(ScalarCode.Floor, value);

    /// <inheritdoc/>
    public static Recorded Round(Recorded value) => One(ScalarCode.Round, value);

    /// <inheritdoc/>
    public static Recorded Branch(Recorded value, double threshold, Recorded below, Recorded at, Recorded above) =>
        Write(new(ScalarCode.Branch, value._step, below._step, at._step, above._step, threshold));

    /// <inheritdoc/>
    public static Recorded Branch(Recorded value, double threshold, Recorded below, Recorded above, SelectionKey<KinkRule> kink) =>
        Write(new(ScalarCode.Branch, value._step, below._step, above._step, above._step, threshold) { Key = kink });

    /// <inheritdoc/>
    public static Recorded Slope(Recorded value, in Pieces pieces) => Write(new(ScalarCode.Slope, value._step) { Pieces = pieces });

    /// <inheritdoc/>
    public static Recorded Greater(Recorded left, Recorded right, double tie) =>
        Write(new(ScalarCode.Greater, left._step, right._step, Number: tie));

    internal static Recording Record(int arguments, Func<Recorded[], Recorded> rule)
    {
        var outer = _tape;
        _tape = [];
        try
        {
            var inputs = new Recorded[arguments];
            for (int i = 0; i < arguments; i++)
            {
                inputs[i] = Write(new(ScalarCode.Argument, i));
            }

            int result = rule(inputs)._step;
            return new Recording(arguments, _tape, result);
        }
        finally
        {
            _tape = outer;
        }
    }

    private static Recorded One(ScalarCode code, Recorded a) => Write(new(code, a._step));

    private static Recorded Two(ScalarCode code, Recorded a, Recorded b) => Write(new(code, a._step, b._step));

    private static Recorded Write(ScalarStep step)
    {
        var tape = _tape ?? throw new InvalidOperationException("a recorded scalar outside a recording");
        tape.Add(step);
        return new(tape.Count - 1);
    }
}
