using Nonsmooth.Selections;

namespace Nonsmooth.Arithmetic;

/// <summary>What a rule does, operation by operation: the rule, read once.</summary>
/// <remarks>
/// It answers what is asked of a function without naming it: whether it is smooth, where it can kink, which slopes it has,
/// what range its value has on an interval, what it costs. Steps whose operands are all constants are kept: each arithmetic rounds them itself.
/// </remarks>
public sealed class Recording
{
    private readonly bool[] _varies;

    internal Recording(int arguments, IReadOnlyList<ScalarStep> steps, int result)
    {
        (Arguments, Steps, Result) = (arguments, steps, result);
        _varies = new bool[steps.Count];
        for (int i = 0; i < steps.Count; i++)
        {
            _varies[i] = steps[i].Code == ScalarCode.Argument || steps[i].Operands.Any(o => _varies[o]);
        }
    }

    /// <summary>How many arguments the rule has: the first steps.</summary>
    public int Arguments { get; }

    /// <summary>The operations, operands before what uses them.</summary>
    public IReadOnlyList<ScalarStep> Steps { get; }

    /// <summary>The step that is the value.</summary>
    public int Result { get; }

    /// <summary>The operations on which the value depends that have kinks at some values of the arguments.</summary>
    public IEnumerable<int> Kinked => Enumerable.Range(0, Steps.Count).Where(i => Steps[i].HasKink && Steps[i].Operands.Any(o => _varies[o]));

    /// <summary>Reads a rule.</summary>
    /// <param name="arguments">How many arguments it has.</param>
    /// <param name="rule">The rule, run once.</param>
    public static Recording Of(int arguments, Func<Recorded[], Recorded> rule) => Recorded.Record(arguments, rule);

    /// <summary>Whether a step depends on an argument.</summary>
    public bool Varies(int step) => _varies[step];

    /// <summary>The value of every step.</summary>
    public T[] Run<T>(ReadOnlySpan<T> arguments)
        where T : IScalar<T>
    {
        var v = new T[Steps.Count];
        for (int i = 0; i < v.Length; i++)
        {
            var s = Steps[i];
            v[i] = s.Code switch
            {
                ScalarCode.Argument => arguments[s.A],
                ScalarCode.Constant => T.FromDouble(s.Number),
                ScalarCode.Add => v[s.A] + v[s.B],
                ScalarCode.Subtract => v[s.A] - v[s.B],
                ScalarCode.Multiply => v[s.A] * v[s.B],
                ScalarCode.Divide => v[s.A] / v[s.B],
                ScalarCode.Negate => -v[s.A],
                ScalarCode.Max => T.Max(v[s.A], v[s.B]),
                ScalarCode.Min => T.Min(v[s.A], v[s.B]),
                ScalarCode.Abs => T.Abs(v[s.A]),
                ScalarCode.Inverse => T.Inverse(v[s.A]),
                ScalarCode.Exp => T.Exp(v[s.A]),
                ScalarCode.ExpM1 => T.ExpM1(v[s.A]),
                ScalarCode.Log => T.Log(v[s.A]),
                ScalarCode.LogP1 => T.LogP1(v[s.A]),
                ScalarCode.Sqrt => T.Sqrt(v[s.A]),
                ScalarCode.Rsqrt => T.Rsqrt(v[s.A]),
                ScalarCode.Tanh => T.Tanh(v[s.A]),
                ScalarCode.Sigmoid => T.Sigmoid(v[s.A]),
                ScalarCode.Sin => T.Sin(v[s.A]),
                ScalarCode.Cos => T.Cos(v[s.A]),
                ScalarCode.Atan => T.Atan(v[s.A]),
                ScalarCode.Erf => T.Erf(v[s.A]),
                ScalarCode.Erfc => T.Erfc(v[s.A]),
                ScalarCode.Pow => T.Pow(v[s.A], v[s.B]),
                ScalarCode.Floor => T.Floor(v[s.A]),
                ScalarCode.Round => T.Round(v[s.A]),
                ScalarCode.Branch => T.Branch(v[s.A], s.Number, v[s.B], v[s.C], v[s.D]),
                ScalarCode.Slope => T.Slope(v[s.A], s.Pieces),
                _ => T.Greater(v[s.A], v[s.B], s.Number),
            };
        }

        return v;
    }

    /// <summary>The partial derivative of the value in one argument: the slope that the chain rule gives, kinks by their keys.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="argument">In which.</param>
    /// <param name="selection">What holds at kinks; maxima and absolute values without a key take those of the dictionary's own.</param>
    public T Slope<T>(ReadOnlySpan<T> arguments, int argument, Selection selection)
        where T : IScalar<T> => RecordedSlope<T>.Of(this, Run(arguments), argument, selection);

    /// <summary>Whether the value is a piecewise linear function of some arguments, the others held.</summary>
    /// <param name="active">Which arguments move.</param>
    public bool IsPiecewiseLinear(IReadOnlyList<bool> active)
    {
        // 0 does not move, 1 moves linearly, 2 otherwise.
        var degree = new int[Steps.Count];
        for (int i = 0; i < degree.Length; i++)
        {
            var s = Steps[i];
            int most = s.Operands.Select(o => degree[o]).DefaultIfEmpty().Max();
            degree[i] = s.Code switch
            {
                ScalarCode.Argument => active[s.A] ? 1 : 0,
                ScalarCode.Add or ScalarCode.Subtract or ScalarCode.Negate or ScalarCode.Max or ScalarCode.Min or ScalarCode.Abs
                    or ScalarCode.Branch => most,
                ScalarCode.Multiply => degree[s.A] > 0 && degree[s.B] > 0 ? 2 : most,
                ScalarCode.Divide => degree[s.B] > 0 ? 2 : most,
                _ => most == 0 ? 0 : 2,
            };
        }

        return degree[Result] < 2;
    }
}
