using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Traps;

/// <summary>What every value of a program can be, in one sweep from the inputs.</summary>
/// <remarks>
/// Beside the table of functions it knows three relations between values: a select's branch is narrowed by its own
/// mask (<c>where(x &gt; 0, x, 1)</c> is positive), x less its maximum is at most 0, and a sum of the exponentials of
/// that is at least 1.
/// </remarks>
internal static class RangeAnalysis
{
    public static ValueRange[] Of(Program program, Shapes shapes, TrapFormat format, IReadOnlyDictionary<string, ValueRange> inputs)
    {
        var ranges = new ValueRange[program.Types.Count];
        Array.Fill(ranges, ValueRange.Any);
        foreach (var input in program.Inputs)
        {
            if (inputs.TryGetValue(input.Name, out var declared))
            {
                ranges[input.Value] = declared;
            }
        }

        var rules = new RangeRules(format);
        foreach (var node in program.Nodes)
        {
            var arguments = node.Arguments.Select(a => ranges[a]).ToArray();
            if (node.Function is Select && program.Types[node.Results[0]].Kind == ElementKind.Real)
            {
                arguments[1] = Narrow(shapes, ranges, node.Arguments[0], true, node.Arguments[1]);
                arguments[2] = Narrow(shapes, ranges, node.Arguments[0], false, node.Arguments[2]);
            }

            var range = Relate(node, shapes, rules.Of(node, arguments, program.ArgumentTypes(node)));
            ranges[node.Results[0]] = double.IsNaN(range.Low) || double.IsNaN(range.High)
                ? range with { Low = double.NegativeInfinity, High = double.PositiveInfinity }
                : range;
        }

        return ranges;
    }

    /// <summary>What a value can be where a mask has a truth value.</summary>
    private static ValueRange Narrow(Shapes shapes, ValueRange[] ranges, int mask, bool truth, int value)
    {
        var range = ranges[value];
        switch (shapes.Maker(shapes.Bare(mask)))
        {
            case { Function: LogicalNot } not:
                return Narrow(shapes, ranges, not.Arguments[0], !truth, value);
            case { Function: Logical logical } both when logical.Operation == LogicalOperation.And == truth:
                var first = Narrow(shapes, ranges, both.Arguments[0], truth, value);
                var second = Narrow(shapes, ranges, both.Arguments[1], truth, value);
                return first with { Low = Math.Max(first.Low, second.Low), High = Math.Min(first.High, second.High), NonZero = first.NonZero || second.NonZero };
            case { Function: Compare compare } node:
                var (left, right) = (shapes.Bare(node.Arguments[0]), shapes.Bare(node.Arguments[1]));
                var comparison = truth ? compare.Comparison : Opposite(compare.Comparison);
                return ranges[right].IsConstant ? Compared(shapes, range, shapes.Bare(value), left, comparison, ranges[right].Low)
                    : ranges[left].IsConstant ? Compared(shapes, range, shapes.Bare(value), right, Swapped(comparison), ranges[left].Low)
                    : range;
            default:
                return range;
        }
    }

    private static ValueRange Compared(Shapes shapes, ValueRange range, int value, int compared, Comparison comparison, double constant)
    {
        if (value == compared)
        {
            return comparison switch
            {
                Comparison.Greater => range with { Low = Math.Max(range.Low, constant), NonZero = range.NonZero || constant >= 0 },
                Comparison.GreaterEqual => range with { Low = Math.Max(range.Low, constant) },
                Comparison.Less => range with { High = Math.Min(range.High, constant), NonZero = range.NonZero || constant <= 0 },
                Comparison.LessEqual => range with { High = Math.Min(range.High, constant) },
                Comparison.Equal => new(constant, constant),
                _ => range with { NonZero = range.NonZero || constant == 0 },
            };
        }

        bool magnitude = (shapes.Is<Abs>(compared, out int inside) || shapes.IsSquare(compared, out inside)) && inside == value;
        bool away = comparison switch
        {
            Comparison.Greater => constant >= 0,
            Comparison.GreaterEqual => constant > 0,
            Comparison.NotEqual => constant == 0,
            _ => false,
        };
        return magnitude && away ? range with { NonZero = true } : range;
    }

    private static ValueRange Relate(Node node, Shapes shapes, ValueRange range)
    {
        int value = node.Results[0];
        return IsShifted(shapes, value) ? range with { High = Math.Min(range.High, 0) }
            : node.Function is Sum && shapes.Is<Exp>(node.Arguments[0], out int shifted) && IsShifted(shapes, shifted) ? range with { Low = 1, NonZero = true }
            : range;
    }

    private static bool IsShifted(Shapes shapes, int value) =>
        shapes.IsPair<Subtract>(value, out int whole, out int shift)
        && shapes.Maker(shift) is { Function: ReduceExtremum { Largest: true } or LogSumExp } reduced
        && shapes.Bare(reduced.Arguments[0]) == whole;

    private static Comparison Opposite(Comparison comparison) => comparison switch
    {
        Comparison.Less => Comparison.GreaterEqual,
        Comparison.LessEqual => Comparison.Greater,
        Comparison.Equal => Comparison.NotEqual,
        Comparison.NotEqual => Comparison.Equal,
        Comparison.Greater => Comparison.LessEqual,
        _ => Comparison.Less,
    };

    private static Comparison Swapped(Comparison comparison) => comparison switch
    {
        Comparison.Less => Comparison.Greater,
        Comparison.LessEqual => Comparison.GreaterEqual,
        Comparison.Greater => Comparison.Less,
        Comparison.GreaterEqual => Comparison.LessEqual,
        _ => comparison,
    };
}
