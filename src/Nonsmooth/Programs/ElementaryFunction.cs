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
/// derivative is a program over the same dictionary. Source: design, section 4.
/// </remarks>
public abstract record ElementaryFunction
{
    /// <summary>The field's name of the function, lower case: <c>relu</c>, <c>conv2d</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Attributes as a listing prints them: <c>stride=2, padding=1</c>; empty without any.</summary>
    public virtual string Attributes => "";

    /// <summary>How regular the function is, on the arguments with which it is applied.</summary>
    public abstract Regularity Regularity { get; }

    /// <summary>Where the function is not differentiable, in words; empty for smooth functions.</summary>
    public virtual string Kinks => "";

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
    public virtual IReadOnlyList<Kink> KinkPoints(Selection selection) => [];

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
}
