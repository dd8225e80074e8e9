using System.Numerics;
using Nonsmooth.Arithmetic;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <summary>
/// An elementary function of the dictionary, with its whole contract: types, value, jvp, vjp, kinks, cost.
/// </summary>
/// <remarks>
/// Instances are values: two with the same type and attributes are the same function, so a builder
/// shares their applications to the same arguments. Rules are emitted into the caller's builder, so a
/// derivative is a program over the same dictionary. See ARCHITECTURE.md.
/// </remarks>
public abstract record ElementaryFunction
{
    private FunctionFacts? _known;

    /// <summary>Makes a function.</summary>
    protected ElementaryFunction()
    {
    }

    /// <summary>Copies a function: what is known of it is found anew, since an attribute may change.</summary>
    protected ElementaryFunction(ElementaryFunction original) => ArgumentNullException.ThrowIfNull(original);

    /// <summary>The field's name of the function, lower case: <c>relu</c>, <c>conv2d</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Attributes as a listing prints them: <c>stride=2, padding=1</c>; empty without any.</summary>
    public virtual string Attributes => "";

    /// <summary>Where the function is not differentiable; <see cref="KinkStructure.Unknown"/> where it does not say.</summary>
    public KinkStructure Kinks => Known.Kinks ?? new KinkStructure.Unknown(Name);

    /// <summary>How regular the function is, on the arguments with which it is applied.</summary>
    public Regularity Regularity => Kinks.Regularity;

    /// <summary>The keys of the selection that the derivative reads: what can be varied at its kinks.</summary>
    public IReadOnlyList<SelectionKey> Keys => Known.Keys ?? [];

    /// <summary>What the function says of itself, with what reading its rule told; null where neither does.</summary>
    public FunctionFacts Known => _known ??= Facts ?? new();

    /// <summary>Whether an argument decides only: the results jump in it, and are constant in it in between.</summary>
    /// <remarks>
    /// What a gradient reads from such arguments is which piece it is on, so they can be recorded in one arithmetic and
    /// replayed in another. By default all arguments of a discontinuous function, and indices and masks of any.
    /// </remarks>
    /// <param name="argument">The argument's position.</param>
    /// <param name="type">Its type.</param>
    public virtual bool DecidesBy(int argument, TensorType type) =>
        Regularity == Regularity.NotPathDifferentiable || type.Kind != ElementKind.Real;

    /// <summary>The isolated kinks of a function of one variable, with what a selection takes there; else empty.</summary>
    public IReadOnlyList<Kink> KinkPoints(Selection selection) => Kinks is KinkStructure.Points points ? points.Of(selection) : [];

    /// <summary>By what theorem the derivative is conservative under a selection, or that it is not; null where none applies.</summary>
    public virtual RuleGrounds? Grounds(Selection selection)
    {
        switch (Kinks)
        {
            case KinkStructure.Smooth:
                return RuleGrounds.Smooth;
            case KinkStructure.Points points:
                return RuleGrounds.Kinks(points.Of(selection).Select(k => k.Selected));
            case KinkStructure.Extremum or KinkStructure.Length or KinkStructure.Form when Keys.Count > 0:
                RuleGrounds?[] grounds = [.. Keys.Select(k => k.Grounds(selection))];
                return Array.Exists(grounds, g => g is null) ? null : Array.Find(grounds, g => g is { Holds: false }) ?? grounds[0];
            default:
                return null;
        }
    }

    /// <summary>The types of the results.</summary>
    /// <exception cref="ShapeException">The arguments do not fit; the message names the argument and both shapes.</exception>
    public abstract IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments);

    /// <summary>The results, computed in the arithmetic <typeparamref name="T"/> in a fixed order of operations.</summary>
    /// <remarks>Real arguments are <see cref="Tensor{T}"/>, indices tensors of long, masks tensors of bool.</remarks>
    public abstract IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
        where T : struct, INumeric<T>;

    /// <summary>Tangents of the results from tangents of the arguments; null stands for zero.</summary>
    /// <param name="at">The application that is differentiated: where, what holds at its kinks.</param>
    /// <param name="tangents">One an argument.</param>
    public abstract IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents);

    /// <summary>Cotangents of the arguments from cotangents of the results; null stands for zero.</summary>
    /// <param name="at">The application that is differentiated; only its active arguments need a cotangent.</param>
    /// <param name="cotangents">One a result.</param>
    public abstract IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents);

    /// <summary>Exactly how many operations <see cref="Evaluate{T}"/> makes, from the arguments' types alone.</summary>
    public abstract OperationCount Count(IReadOnlyList<TensorType> arguments);

    /// <summary>
    /// How many elementary operations the function's defining scalar program has: the count of the unit model.
    /// </summary>
    /// <remarks>
    /// Differs from <see cref="Count"/> where the evaluation protects itself against overflow (a shift by the
    /// maximum) or reuses work. Source: complexity specification, 2.4.
    /// </remarks>
    public virtual OperationCount UnitCount(IReadOnlyList<TensorType> arguments) => Count(arguments);

    /// <summary>Whether <see cref="MeasureGaps{T}"/> answers.</summary>
    public virtual bool HasGaps => false;

    /// <summary>Of how many elements of the first result those measured at once must be a multiple.</summary>
    public virtual int GapGrain(IReadOnlyList<TensorType> arguments) => 1;

    /// <summary>How far the arguments are from the function's kinks, for a run of elements of the first result.</summary>
    /// <remarks>
    /// The gap is the least change of an argument's number that puts the element on a kink: |x − k| for a kink of one
    /// variable, the best minus the second best where elements compete. It is 0 exactly where they tie, both zeros being one
    /// point and equal infinities tied; NaN where a NaN takes part; ∞ where nothing competes. It is measured in the arithmetic
    /// of the values, so 0 means what the execution saw as equal. May be called by several threads at once. Source: reliability
    /// specification, 7, F4.
    /// </remarks>
    /// <typeparam name="T">The type of the values: that of the execution, or one that holds its numbers exactly.</typeparam>
    /// <param name="at">The arguments.</param>
    /// <param name="start">The first element, row-major: a multiple of <see cref="GapGrain"/>, as is the length of the spans.</param>
    /// <param name="gaps">Filled with the gaps.</param>
    /// <param name="scales">
    /// Filled with the magnitude that a unit in the last place is to be taken of: that of the tied values or of the kink,
    /// 0 at a kink at 0, where the arguments' size says nothing.
    /// </param>
    public virtual void MeasureGaps<T>(KinkArguments<T> at, int start, Span<T> gaps, Span<T> scales)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        throw new NotSupportedException($"{Name} does not tell how far arguments are from its kinks");

    /// <summary>Two functions are one when their types and attributes are: what is known of them plays no part.</summary>
    public virtual bool Equals(ElementaryFunction? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>What the function says of itself; null where it says nothing, which leaves it unknown.</summary>
    protected virtual FunctionFacts? Facts => null;
}
