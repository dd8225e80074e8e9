using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Traps;

/// <summary>The range of each function's value from those of its arguments: elementwise rules are read, one table has the rest.</summary>
/// <param name="format">The arithmetic, which rounds constants and underflows.</param>
internal sealed class RangeRules(TrapFormat format)
{
    private readonly RangeArithmetic _arithmetic = new(format);

    /// <summary>The range of the node's first result; <see cref="ValueRange.Any"/> where nothing is known.</summary>
    public ValueRange Of(Node node, IReadOnlyList<ValueRange> a, IReadOnlyList<TensorType> types) => node.Function switch
    {
        Fill f => _arithmetic.Constant(f.Value),
        Reshape or Transpose or Broadcast or Slice or Gather or Embedding or Sort or TopK or Median or ReduceExtremum
            or MaxPool2d or CumulativeMaximum => a[0],
        WindowMean or Unslice => a[0].Union(new(0, 0)),
        Pad f => a[0].Union(new(f.Value, f.Value)),
        Concatenate => a.Aggregate((x, y) => x.Union(y)),
        Select => a[1].Union(a[2]),
        Norm => RangeArithmetic.Total(RangeArithmetic.Absolute(a[0]), types[0].Shape.Count64),
        Softmax => new(0, 1),
        LogSoftmax => new(double.NegativeInfinity, 0),
        Mean => a[0],
        Sum => RangeArithmetic.Total(a[0], types[0].Shape.Count64),
        CumulativeSum => RangeArithmetic.Total(a[0], types[0].Shape.Count64).Union(a[0]),
        Dot => node.Arguments[0] == node.Arguments[1] ? ValueRange.NotNegative : ValueRange.Any,

        // Tighter than what their operations give one by one.
        Unary<Softplus> => a[0].Map(x => _arithmetic.Round(Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))))),
        Unary<Gelu> => new(-0.1701, Math.Max(0, a[0].High)),
        Unary<Silu> => new(-0.279, Math.Max(0, a[0].High)),
        { Known.Recording: { } recording } => RuleRange.Of(recording, node.Arguments, a, _arithmetic),
        _ => ValueRange.Any,
    };
}
