using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The mask of where two tensors of reals compare in a given way.</summary>
/// <param name="Comparison">How they are compared.</param>
/// <remarks>
/// Both arguments have one shape. A program that branches on the mask (<see cref="Select"/>) may jump where it
/// changes, and has no conservative field where it does; its derivative is that of the branch taken, at the boundary too,
/// whatever the selection.
/// </remarks>
public sealed record Compare(Comparison Comparison) : DiscreteFunction
{
    /// <inheritdoc/>
    public override string Name => Comparison switch
    {
        Comparison.Less => "less",
        Comparison.LessEqual => "less_equal",
        Comparison.Equal => "equal",
        Comparison.NotEqual => "not_equal",
        Comparison.Greater => "greater",
        _ => "greater_equal",
    };

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new()
    {
        Saves = Saved.Arguments,
        Kinks = new KinkStructure.Jump("changes where a = b", static a => Comparisons.AnyTie(a[0], a[1])),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Reals(arguments, 2);
        return arguments[0] == arguments[1]
            ? [TensorType.Boolean(arguments[0].Shape)]
            : throw new ShapeException($"{Name} takes two arguments of one shape, given {arguments[0].Shape} and {arguments[1].Shape}");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var (a, b) = ((Tensor<T>)arguments[0], (Tensor<T>)arguments[1]);
        var mask = new Tensor<bool>(a.Shape);
        for (int i = 0; i < a.Elements.Length; i++)
        {
            mask[i] = Comparisons.Holds(Comparison, a[i], b[i]);
        }

        return [mask];
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        OperationCount.Of(ScalarOperation.Maximum, arguments[0].Shape.Count64);
}

public static partial class Functions
{
    /// <summary>The mask of a &lt; b, of reals or of indices. Arguments are broadcast to one shape.</summary>
    public static Variable Less(Variable a, Variable b) => Compared(Comparison.Less, a, b);

    /// <summary>The mask of a &lt; b for a constant b.</summary>
    public static Variable Less(Variable a, double b) => Compared(Comparison.Less, a, b);

    /// <summary>The mask of a ≤ b, of reals or of indices. Arguments are broadcast to one shape.</summary>
    public static Variable LessEqual(Variable a, Variable b) => Compared(Comparison.LessEqual, a, b);

    /// <summary>The mask of a ≤ b for a constant b.</summary>
    public static Variable LessEqual(Variable a, double b) => Compared(Comparison.LessEqual, a, b);

    /// <summary>The mask of a = b, of reals or of indices. Arguments are broadcast to one shape.</summary>
    public static Variable Equal(Variable a, Variable b) => Compared(Comparison.Equal, a, b);

    /// <summary>The mask of a = b for a constant b.</summary>
    public static Variable Equal(Variable a, double b) => Compared(Comparison.Equal, a, b);

    /// <summary>The mask of a ≠ b, of reals or of indices. Arguments are broadcast to one shape.</summary>
    public static Variable NotEqual(Variable a, Variable b) => Compared(Comparison.NotEqual, a, b);

    /// <summary>The mask of a ≠ b for a constant b.</summary>
    public static Variable NotEqual(Variable a, double b) => Compared(Comparison.NotEqual, a, b);

    /// <summary>The mask of a &gt; b, of reals or of indices. Arguments are broadcast to one shape.</summary>
    public static Variable Greater(Variable a, Variable b) => Compared(Comparison.Greater, a, b);

    /// <summary>The mask of a &gt; b for a constant b.</summary>
    public static Variable Greater(Variable a, double b) => Compared(Comparison.Greater, a, b);

    /// <summary>The mask of a ≥ b, of reals or of indices. Arguments are broadcast to one shape.</summary>
    public static Variable GreaterEqual(Variable a, Variable b) => Compared(Comparison.GreaterEqual, a, b);

    /// <summary>The mask of a ≥ b for a constant b.</summary>
    public static Variable GreaterEqual(Variable a, double b) => Compared(Comparison.GreaterEqual, a, b);

    private static Variable Compared(Comparison comparison, Variable a, Variable b) =>
        Broadcasting.Apply(a.Type.Kind == ElementKind.Index ? new IndexCompare(comparison) : new Compare(comparison), a, b);

    private static Variable Compared(Comparison comparison, Variable a, double b) =>
        a.Builder.Apply(new Compare(comparison), a, a.Builder.Apply(new Fill(a.Shape, b)));
}
