namespace Nonsmooth.Solutions;

/// <summary>How the linear system of the implicit function theorem is dealt with.</summary>
/// <remarks>Source: complexity specification, 5; Bolte, Pauwels, Vaiter (2023) for one step.</remarks>
public abstract record Strategy
{
    private protected Strategy()
    {
    }

    /// <summary>The Jacobian in the unknown, formed and factored.</summary>
    public static Strategy Dense { get; } = new ImplicitDense();

    /// <summary>The derivative of the last step alone.</summary>
    public static Strategy OneStep { get; } = new Neumann(1);

    private protected static int AtLeastOne(int count, string what) => count >= 1
        ? count
        : throw new OutOfRangeException($"a strategy of {count} {what} differentiates nothing: give at least 1", count);
}

/// <summary>The n × n Jacobian in the unknown, by n sweeps, factored once: the solver's error only.</summary>
public sealed record ImplicitDense : Strategy;

/// <summary>GMRES on products with the Jacobian, a sweep each; no matrix is kept.</summary>
/// <param name="Tolerance">The relative residual at which it stops.</param>
/// <param name="Most">How many iterations, at most the unknowns.</param>
public sealed record Krylov(double Tolerance = 1e-12, int Most = 500) : Strategy;

/// <summary>The first terms of Σ Jᵏ for a fixed point; one term is the derivative of one step. Error ρ to the terms.</summary>
/// <param name="Terms">At least 1.</param>
/// <exception cref="OutOfRangeException">There is no term.</exception>
public sealed record Neumann(int Terms) : Strategy
{
    /// <summary>How many terms are summed, at least 1.</summary>
    public int Terms { get; init => field = AtLeastOne(value, "terms"); } = AtLeastOne(Terms, "terms");
}

/// <summary>The derivative of the solver's own iterations from 0, for a fixed point: what backprop through the loop gives.</summary>
/// <param name="Steps">How many iterations, at least 1.</param>
/// <exception cref="OutOfRangeException">There is no iteration.</exception>
public sealed record Unrolled(int Steps) : Strategy
{
    /// <summary>How many iterations are differentiated, at least 1.</summary>
    public int Steps { get; init => field = AtLeastOne(value, "steps"); } = AtLeastOne(Steps, "steps");
}
