using Nonsmooth.Arithmetic;

namespace Nonsmooth.Reliability.Traps;

/// <summary>The range of an elementwise function, one's own too: its rule's operations, run on ranges.</summary>
/// <remarks>
/// A branch told by an argument is looked at with that argument on its side of the threshold. Otherwise each operation is
/// looked at alone, so a range may be wider than the function's.
/// </remarks>
internal sealed class RuleRange
{
    private readonly Recording _rule;
    private readonly Func<int, int> _value;
    private readonly RangeArithmetic _arithmetic;
    private readonly ValueRange[] _arguments;
    private readonly ValueRange?[] _steps;

    private RuleRange(Recording rule, Func<int, int> value, RangeArithmetic arithmetic, ValueRange[] arguments) =>
        (_rule, _value, _arithmetic, _arguments, _steps) = (rule, value, arithmetic, arguments, new ValueRange?[rule.Steps.Count]);

    /// <summary>The range of a rule's value.</summary>
    /// <param name="rule">What reading the rule told.</param>
    /// <param name="values">The numbers of the values that are its arguments: where two are one, x · x is a square.</param>
    /// <param name="ranges">What the arguments can be.</param>
    /// <param name="arithmetic">The format's operations.</param>
    public static ValueRange Of(Recording rule, IReadOnlyList<int> values, IReadOnlyList<ValueRange> ranges, RangeArithmetic arithmetic) =>
        new RuleRange(rule, i => values[i], arithmetic, [.. ranges]).At(rule.Result);

    private ValueRange At(int step)
    {
        if (_steps[step] is { } known)
        {
            return known;
        }

        var range = Run(_rule.Steps[step]);
        range = double.IsNaN(range.Low) || double.IsNaN(range.High)
            ? range with { Low = double.NegativeInfinity, High = double.PositiveInfinity }
            : range;
        _steps[step] = range;
        return range;
    }

    private ValueRange Run(ScalarStep s) => s.Code switch
    {
        ScalarCode.Argument => _arguments[s.A],
        ScalarCode.Constant => _arithmetic.Constant(s.Number),
        ScalarCode.Add => _arithmetic.Plus(At(s.A), At(s.B)),
        ScalarCode.Subtract => _arithmetic.Plus(At(s.A), _arithmetic.Times(At(s.B), -1)),
        ScalarCode.Multiply => Same(s.A, s.B) ? _arithmetic.Square(At(s.A)) : RangeArithmetic.Times(At(s.A), At(s.B)),
        ScalarCode.Divide => RangeArithmetic.Times(At(s.A), RangeArithmetic.Inverse(At(s.B))),
        ScalarCode.Negate => _arithmetic.Times(At(s.A), -1),
        ScalarCode.Max => RangeArithmetic.Largest(At(s.A), At(s.B)),
        ScalarCode.Min => _arithmetic.Times(RangeArithmetic.Largest(_arithmetic.Times(At(s.A), -1), _arithmetic.Times(At(s.B), -1)), -1),
        ScalarCode.Abs => RangeArithmetic.Absolute(At(s.A)),
        ScalarCode.Inverse => RangeArithmetic.Inverse(At(s.A)),
        ScalarCode.Exp => _arithmetic.Exponential(At(s.A), 0),
        ScalarCode.ExpM1 => _arithmetic.Exponential(At(s.A), -1),
        ScalarCode.Log => _arithmetic.Logarithm(At(s.A), 0),
        ScalarCode.LogP1 => _arithmetic.Logarithm(At(s.A), 1),
        ScalarCode.Sqrt => RangeArithmetic.Root(At(s.A)),
        ScalarCode.Rsqrt => At(s.A).Low >= 0 ? RangeArithmetic.Inverse(RangeArithmetic.Root(At(s.A))) : ValueRange.Positive,
        ScalarCode.Tanh => At(s.A).Map(x => _arithmetic.Round(Math.Tanh(x))),
        ScalarCode.Sigmoid => At(s.A).Map(x => _arithmetic.Round(1 / (1 + Math.Exp(-x)))),
        ScalarCode.Sin or ScalarCode.Cos or ScalarCode.Erf => new(-1, 1),
        ScalarCode.Atan => At(s.A).Map(x => _arithmetic.Round(Math.Atan(x))),
        ScalarCode.Erfc => new(0, 2),
        ScalarCode.Pow => At(s.B) is { IsConstant: true } power ? _arithmetic.Power(At(s.A), power.Low) : ValueRange.Any,
        ScalarCode.Floor => At(s.A).Map(Math.Floor),
        ScalarCode.Round => At(s.A).Map(x => Math.Round(x)),
        ScalarCode.Branch => Branch(s),
        ScalarCode.Slope => Slope(s.Pieces),
        _ => new(Math.Min(0, s.Number), Math.Max(1, s.Number)),
    };

    private ValueRange Branch(ScalarStep s)
    {
        var told = At(s.A);
        ValueRange? below = told.Low < s.Number ? Side(s, s.B, x => x with { High = Math.Min(x.High, s.Number), NonZero = x.NonZero || s.Number <= 0 }) : null;
        ValueRange? at = told.Contains(s.Number) ? At(s.C) : null;
        ValueRange? above = told.High > s.Number ? Side(s, s.D, x => x with { Low = Math.Max(x.Low, s.Number), NonZero = x.NonZero || s.Number >= 0 }) : null;
        ValueRange[] taken = [.. new[] { below, at, above }.OfType<ValueRange>()];
        return taken.Length == 0 ? ValueRange.Any : taken.Aggregate((x, y) => x.Union(y));
    }

    private ValueRange Side(ScalarStep branch, int step, Func<ValueRange, ValueRange> narrow)
    {
        if (_rule.Steps[branch.A] is not { Code: ScalarCode.Argument, A: var argument })
        {
            return At(step);
        }

        ValueRange[] narrowed = [.. _arguments];
        narrowed[argument] = narrow(narrowed[argument]);
        return new RuleRange(_rule, _value, _arithmetic, narrowed).At(step);
    }

    private static ValueRange Slope(Pieces pieces)
    {
        double[] slopes = [pieces.Below, pieces.AtFirst, pieces.Between, .. pieces.HasSecond ? [pieces.AtSecond, pieces.Above] : Array.Empty<double>()];
        return new(slopes.Min(), slopes.Max());
    }

    private bool Same(int a, int b) => a == b
        || (_rule.Steps[a] is { Code: ScalarCode.Argument, A: var x } && _rule.Steps[b] is { Code: ScalarCode.Argument, A: var y } && _value(x) == _value(y));
}
