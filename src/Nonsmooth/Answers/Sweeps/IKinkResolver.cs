using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>Decides on which piece of each kinked node a derivative is taken.</summary>
internal interface IKinkResolver
{
    /// <summary>Decides at a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="at">Its application in the program that is being emitted.</param>
    /// <param name="tangents">For each direction the tangents of the arguments; none in a program without directions.</param>
    IResolvedKink Resolve(Node node, Derivation at, IReadOnlyList<IReadOnlyList<Variable?>> tangents);
}
