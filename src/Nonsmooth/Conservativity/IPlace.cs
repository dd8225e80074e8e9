using Nonsmooth.Randomness;

namespace Nonsmooth.Conservativity;

/// <summary>A set of points that is smooth by itself: a stratum, or an affine part of the space.</summary>
/// <remarks>
/// Restricted to any affine subspace or smooth manifold a Lipschitz function is differentiable almost everywhere, and a
/// conservative rule has that derivative along its tangents almost everywhere: what a place refutes is refuted, whether or
/// not it is a stratum of the function. What no place refutes may still fail on a stratum that was not drawn.
/// </remarks>
internal interface IPlace
{
    /// <summary>The place in words.</summary>
    string Name { get; }

    /// <summary>A closed loop of paths inside the place, drawn.</summary>
    IReadOnlyList<IPath> Loop(ref RandomSequence random);
}
