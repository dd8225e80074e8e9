namespace Nonsmooth.Solutions;

/// <summary>The derivative of a solution map at one solution, by the implicit function theorem on the selected piece.</summary>
/// <remarks>
/// The linear system is made and factored once, on the first use. Arrays stand in the order of the parameters and of the
/// real results, row-major; zeros stand for what does not move.
/// </remarks>
public abstract class SolutionDerivative
{
    /// <summary>The margins of what can switch: constraints, coordinates.</summary>
    public abstract IReadOnlyList<Margin> Margins { get; }

    /// <summary>The condition number of the system solved, in the 2-norm; ∞ where it is singular, 1 where none is solved.</summary>
    public abstract double Condition { get; }

    /// <summary>Whether the theorem's condition holds.</summary>
    public abstract Invertibility Invertibility { get; }

    /// <summary>Whether the multipliers are unique. Where active constraints are dependent they are not: the solution may have a derivative all the same, that of multipliers is one of several.</summary>
    public virtual bool HasUniqueMultipliers => true;

    /// <summary>Tangents of the real results from tangents of the parameters.</summary>
    /// <exception cref="SingularSolutionException">The system is singular.</exception>
    public abstract IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents);

    /// <summary>Cotangents of the parameters from cotangents of the real results: the transpose of <see cref="Tangent"/>.</summary>
    /// <exception cref="SingularSolutionException">The system is singular.</exception>
    public abstract IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents);

    /// <summary>The same where cotangents of some parameters are wanted only: the arrays of others may be empty.</summary>
    /// <param name="cotangents">One array a real result.</param>
    /// <param name="wanted">Positions of the parameters wanted.</param>
    /// <exception cref="SingularSolutionException">The system is singular.</exception>
    public virtual IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents, IReadOnlyList<int> wanted) => Cotangent(cotangents);

    /// <summary>
    /// The directional derivative of the real results: at weakly active constraints the solution of the problem on
    /// the critical cone, elsewhere <see cref="Tangent"/>.
    /// </summary>
    /// <exception cref="SolutionException">There is no directional derivative, or it is not unique; the message says why.</exception>
    public virtual IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction) => Margins.Any(m => m.IsWeak)
        ? throw new SolutionException("weakly active, and this map has no directional derivative there")
        : Tangent(direction);
}
