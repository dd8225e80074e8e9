using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <summary>Where a function is not differentiable: what it says of itself, or what reading its rule tells.</summary>
/// <remarks>Consumers switch over these kinds, never over functions; <see cref="Unknown"/> makes them say that they cannot tell.</remarks>
public abstract class KinkStructure
{
    private KinkStructure(Regularity regularity, string where) => (Regularity, Where) = (regularity, where);

    /// <summary>How regular such a function is.</summary>
    public Regularity Regularity { get; }

    /// <summary>Where it is not differentiable, in words; empty for smooth functions.</summary>
    public string Where { get; }

    /// <summary>Continuously differentiable inside its domain.</summary>
    public sealed class Smooth() : KinkStructure(Regularity.Smooth, "");

    /// <summary>A function of one variable, element by element, with isolated kinks.</summary>
    /// <param name="where">Where, in words.</param>
    /// <param name="of">The kinks, with the slope that a selection takes at each.</param>
    public sealed class Points(string where, Func<Selection, IReadOnlyList<Kink>> of) : KinkStructure(Regularity.PathDifferentiable, where)
    {
        /// <summary>The kinks, with the slope that a selection takes at each.</summary>
        public IReadOnlyList<Kink> Of(Selection selection) => of(selection);
    }

    /// <summary>The larger, or the smaller, of two arguments, element by element.</summary>
    /// <param name="largest">Which.</param>
    public sealed class Extremum(bool largest) : KinkStructure(Regularity.PathDifferentiable, "a = b")
    {
        /// <summary>The larger; else the smaller.</summary>
        public bool Largest => largest;
    }

    /// <summary>The Euclidean length of its only argument over axes: a kink at the zero vector.</summary>
    /// <param name="axes">The axes.</param>
    /// <param name="keepAxes">Whether they stay, of size 1.</param>
    public sealed class Length(IntVector axes, bool keepAxes) : KinkStructure(Regularity.PathDifferentiable, "at the zero vector")
    {
        /// <summary>The axes.</summary>
        public IntVector Axes => axes;

        /// <summary>Whether they stay, of size 1.</summary>
        public bool KeepAxes => keepAxes;
    }

    /// <summary>The same function written with maxima, minima and absolute values of pairs, and functions of one variable.</summary>
    /// <param name="where">Where it is not differentiable, in words.</param>
    /// <param name="write">The results, written over the arguments, with the bits of the function's own.</param>
    public sealed class Form(string where, Func<IReadOnlyList<Variable>, IReadOnlyList<Variable>> write) : KinkStructure(Regularity.PathDifferentiable, where)
    {
        /// <summary>The results, written over the arguments.</summary>
        public IReadOnlyList<Variable> Write(IReadOnlyList<Variable> arguments) => write(arguments);
    }

    /// <summary>Pieces with a border that is known, across which nothing is known: there it takes one element for all selections.</summary>
    /// <param name="where">Where, in words.</param>
    /// <param name="isOn">Whether the real arguments, in double precision, are on a border, or it cannot be excluded.</param>
    /// <param name="regularity">How regular; by default locally Lipschitz.</param>
    public sealed class Border(string where, Func<IReadOnlyList<Tensor<double>>, bool> isOn, Regularity regularity = Regularity.PathDifferentiable)
        : KinkStructure(regularity, where)
    {
        /// <summary>Whether the arguments are on a border, or it cannot be excluded.</summary>
        public bool IsOn(IReadOnlyList<Tensor<double>> arguments) => isOn(arguments);
    }

    /// <summary>Discontinuous: what it decides by jumps there.</summary>
    /// <param name="where">Where, in words.</param>
    /// <param name="isOn">Whether arguments, in double precision, are where it jumps, or it cannot be excluded; null for everywhere.</param>
    public sealed class Jump(string where, Func<IReadOnlyList<Tensor<double>>, bool>? isOn = null) : KinkStructure(Regularity.NotPathDifferentiable, where)
    {
        /// <summary>Whether the arguments are where it jumps, or it cannot be excluded.</summary>
        public bool IsOn(IReadOnlyList<Tensor<double>> arguments) => isOn?.Invoke(arguments) ?? true;
    }

    /// <summary>Defined by a program: its kinks are those of its definition, which is written out to find them.</summary>
    /// <param name="where">Where, in words.</param>
    /// <param name="regularity">How regular; <see cref="Regularity.Unknown"/> where only the definition tells.</param>
    public sealed class Definition(string where = "", Regularity regularity = Regularity.Unknown) : KinkStructure(regularity, where);

    /// <summary>Nobody said, and the rule does not tell.</summary>
    /// <param name="function">The function's name.</param>
    public sealed class Unknown(string function) : KinkStructure(Regularity.Unknown, $"unknown: {function} does not say where it has kinks")
    {
        /// <summary>The function's name.</summary>
        public string Function => function;
    }
}
