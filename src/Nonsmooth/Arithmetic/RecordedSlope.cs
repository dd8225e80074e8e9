using Nonsmooth.Selections;

namespace Nonsmooth.Arithmetic;

/// <summary>Forward differentiation of a recording, on any scalar.</summary>
internal static class RecordedSlope<T>
    where T : IScalar<T>
{
    private const double _erf = 1.1283791670955125739;

    public static T Of(Recording recording, T[] v, int argument, Selection selection)
    {
        var d = new T[v.Length];
        var has = new bool[v.Length];
        for (int i = 0; i < v.Length; i++)
        {
            var s = recording.Steps[i];
            if (s.Code == ScalarCode.Argument)
            {
                (d[i], has[i]) = (T.FromDouble(s.A == argument ? 1 : 0), s.A == argument);
            }
            else
            {
                has[i] = Moves(s, has);
                d[i] = has[i] ? Step(recording, s, v, d, has, i, selection) : T.FromDouble(0);
            }
        }

        return d[recording.Result];
    }

    // A step function's derivative is 0 by convention, and what only decides does not move.
    private static bool Moves(ScalarStep s, bool[] has) => s.Code switch
    {
        ScalarCode.Floor or ScalarCode.Round or ScalarCode.Slope or ScalarCode.Greater => false,
        ScalarCode.Branch => has[s.B] || has[s.C] || has[s.D],
        _ => s.Operands.Any(o => has[o]),
    };

    private static T Step(Recording recording, ScalarStep s, T[] v, T[] d, bool[] has, int i, Selection selection)
    {
        static T Number(double x) => T.FromDouble(x);
        var (a, y) = (v[s.A], v[i]);
        switch (s.Code)
        {
            case ScalarCode.Add:
                return Sum(has[s.A], d[s.A], has[s.B], s.B >= 0 ? d[s.B] : a);
            case ScalarCode.Subtract:
                return !has[s.B] ? d[s.A] : has[s.A] ? d[s.A] - d[s.B] : -d[s.B];
            case ScalarCode.Multiply:
                return Sum(has[s.A], d[s.A] * v[s.B], has[s.B], a * d[s.B]);
            case ScalarCode.Divide:
                return (!has[s.B] ? d[s.A] : has[s.A] ? d[s.A] - (y * d[s.B]) : -(y * d[s.B])) / v[s.B];
            case ScalarCode.Negate:
                return -d[s.A];
            case ScalarCode.Max or ScalarCode.Min:
                return Extremum(s, v, d, has, selection);
            case ScalarCode.Abs:
                var rule = selection.Of((SelectionKey<KinkRule>?)s.Key ?? SelectionKeys.AbsAtZero);
                return T.Slope(a, Pieces.One(0, -1, rule.Resolve(-1, 1), 1)) * d[s.A];
            case ScalarCode.Branch:
                return Branch(s, v, d, selection);
            case ScalarCode.Pow:
                return Power(recording, s, v, d, has, y);
        }

        var slope = s.Code switch
        {
            ScalarCode.Inverse => -(y * y),
            ScalarCode.Exp => y,
            ScalarCode.ExpM1 => T.Exp(a),
            ScalarCode.Log => T.Inverse(a),
            ScalarCode.LogP1 => T.Inverse(Number(1) + a),
            ScalarCode.Sqrt => Number(0.5) * T.Rsqrt(a),
            ScalarCode.Rsqrt => Number(-0.5) * (y * y * y),
            ScalarCode.Tanh => Number(4) * (T.Sigmoid(Number(2) * a) * T.Sigmoid(Number(-2) * a)),
            ScalarCode.Sigmoid => y * T.Sigmoid(-a),
            ScalarCode.Sin => T.Cos(a),
            ScalarCode.Cos => -T.Sin(a),
            ScalarCode.Atan => T.Inverse(Number(1) + (a * a)),
            ScalarCode.Erf => Number(_erf) * T.Exp(-(a * a)),
            ScalarCode.Erfc => Number(-_erf) * T.Exp(-(a * a)),
            _ => throw new InvalidOperationException($"no slope of {s.Code}"),
        };
        return slope * d[s.A];
    }

    // As the dictionary's own: 0 in the base where the exponent is 0, and 0 in the exponent where the base is 0 and it is not negative.
    private static T Power(Recording recording, ScalarStep s, T[] v, T[] d, bool[] has, T y)
    {
        var (a, b, zero) = (v[s.A], v[s.B], T.FromDouble(0));
        var (inBase, inExponent) = (zero, zero);
        if (has[s.A])
        {
            inBase = b * T.Pow(a, b - T.FromDouble(1));
            inBase = (recording.Varies(s.B) ? T.Branch(b, 0, inBase, zero, inBase) : inBase) * d[s.A];
        }

        if (has[s.B])
        {
            inExponent = y * T.Log(a);
            inExponent = (recording.Varies(s.A) ? T.Branch(a, 0, inExponent, T.Branch(b, 0, inExponent, zero, zero), inExponent) : inExponent) * d[s.B];
        }

        return Sum(has[s.A], inBase, has[s.B], inExponent);
    }

    private static T Sum(bool left, T a, bool right, T b) => left && right ? a + b : left ? a : b;

    private static T Extremum(ScalarStep s, T[] v, T[] d, bool[] has, Selection selection)
    {
        var ties = selection.Of((SelectionKey<TieRule>?)s.Key ?? SelectionKeys.MaximumTies);
        var (first, second) = s.Code == ScalarCode.Max ? (v[s.A], v[s.B]) : (v[s.B], v[s.A]);
        return Sum(
            has[s.A], T.Greater(first, second, ties.Weight(2, 0)) * d[s.A],
            has[s.B], T.Greater(second, first, ties.Weight(2, 1)) * d[s.B]);
    }

    private static T Branch(ScalarStep s, T[] v, T[] d, Selection selection)
    {
        var (below, above) = (d[s.B], d[s.D]);
        var at = s.Key is SelectionKey<KinkRule> key ? Selected(selection.Of(key), below, above) : d[s.C];
        return T.Branch(v[s.A], s.Number, below, at, above);
    }

    private static T Selected(KinkRule rule, T left, T right) => rule.Select(
        left,
        right,
        T.FromDouble,
        static (l, r) => T.FromDouble(0.5) * (l + r),
        static (l, r) => T.Min(T.Max(T.FromDouble(0), T.Min(l, r)), T.Max(l, r)),
        static (l, r) => T.Branch(T.Abs(r) - T.Abs(l), 0, l, l, r));
}
