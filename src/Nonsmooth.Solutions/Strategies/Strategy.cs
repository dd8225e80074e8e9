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
}

/// <summary>The n × n Jacobian in the unknown, by n sweeps, factored once: the solver's error only.</summary>
public sealed record ImplicitDense : Strategy;

/// <summary>GMRES on products with the Jacobian, a sweep each; no matrix is kept.</summary>
/// <param name="Tolerance">The relative residual at which it stops.</param>
/// <param name="Most">How many iterations, at most the unknowns.</param>
public sealed record Krylov(double Tolerance = 1e-12, int Most = 500) : Strategy;

/// <summary>The first terms of Σ Jᵏ for a fixed point; one term is the derivative of one step. Error ρ to the terms.</summary>
/// <param name="Terms">At least 1.</param>
public sealed record Neumann(int Terms) : Strategy;

/// <summary>The derivative of the solver's own iterations from 0, for a fixed point: what backprop through the loop gives.</summary>
/// <param name="Steps">How many iterations.</param>
public sealed record Unrolled(int Steps) : Strategy;
