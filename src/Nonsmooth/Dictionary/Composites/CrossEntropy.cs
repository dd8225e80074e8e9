using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The mean over a batch of −log softmax at the target class, the target smoothed if wanted.</summary>
/// <param name="LabelSmoothing">The share ε of the target spread evenly over all classes, in [0, 1).</param>
/// <remarks>
/// Arguments logits [N, C] and target [N] of class indices; a scalar results. The unit count is that of
/// <c>log(Σ exp zₖ) − z_target</c>, one row after the other (complexity specification, 2.4).
/// </remarks>
public sealed record CrossEntropy(double LabelSmoothing = 0) : CompositeFunction
{
    /// <inheritdoc/>
    public override string Name => "cross_entropy";

    /// <inheritdoc/>
    public override string Attributes => LabelSmoothing == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"smoothing={LabelSmoothing}");

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = new([], [], static (arguments, _) => arguments[0].Shape.Count64) };

    /// <inheritdoc/>
    public override OperationCount UnitCount(IReadOnlyList<TensorType> arguments)
    {
        if (LabelSmoothing != 0)
        {
            return base.UnitCount(arguments);
        }

        long rows = arguments[0].Shape[0];
        long classes = arguments[0].Shape[1];
        return OperationCount.Of(ScalarOperation.Exp, rows * classes)
            + OperationCount.Of(ScalarOperation.Add, (rows * classes) + Math.Max(0, rows - 1))
            + OperationCount.Of(ScalarOperation.Log, rows)
            + OperationCount.Of(ScalarOperation.MultiplyConstant, rows > 1 ? 1 : 0);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments)
    {
        var (logits, target) = (arguments[0], arguments[1]);
        if (logits.Shape.Rank != 2 || target.Type != TensorType.Index(logits.Shape[..1]))
        {
            throw new ShapeException($"takes logits N×C and N target indices, given {logits.Type} and {target.Type}");
        }

        var logarithms = Functions.LogSoftmax(logits, 1);
        var picked = Functions.Gather(logarithms, target.Reshape(new Shape(logits.Shape[0], 1)), 1);
        var loss = -picked.Mean();
        return LabelSmoothing == 0
            ? [loss]
            : [((1 - LabelSmoothing) * loss) - (LabelSmoothing * logarithms.Mean())];
    }
}

public static partial class Functions
{
    /// <summary>The mean over a batch of −log softmax at the target class.</summary>
    public static Variable CrossEntropy(Variable logits, Variable target, double labelSmoothing = 0) =>
        labelSmoothing is >= 0 and < 1
            ? logits.Builder.Apply(new CrossEntropy(labelSmoothing), logits, target)
            : throw new NonsmoothException(string.Create(
                CultureInfo.InvariantCulture, $"label smoothing {labelSmoothing}: give a number in [0, 1)"));
}
