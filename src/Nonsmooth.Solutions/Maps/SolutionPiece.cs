using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>A problem and its solution as variables: what a map writes the equations of a piece with, for second derivatives.</summary>
/// <param name="Parameters">The problem's parameters.</param>
/// <param name="Values">The real results.</param>
/// <param name="State">The state as real numbers.</param>
/// <param name="Weak">As what weakly active constraints are taken.</param>
public sealed record SolutionPiece(IReadOnlyList<Variable> Parameters, IReadOnlyList<Variable> Values, Variable State, ActivityRule Weak)
{
    /// <summary>The program that is built.</summary>
    public ProgramBuilder Builder => State.Builder;

    /// <summary>Where the size of the state is a number, or that of what is weakly active and taken as it.</summary>
    /// <param name="state">The states, or a part of them.</param>
    /// <param name="size">The size of states that are so.</param>
    /// <param name="rule">The rule by which those of size 2 are so too.</param>
    public Variable Is(Variable state, int size, ActivityRule rule)
    {
        var sizes = Functions.Abs(state);
        var strongly = Functions.Equal(sizes, size);
        return Weak == rule ? Functions.Or(strongly, Functions.Equal(sizes, 2)) : strongly;
    }

    /// <summary>A constant.</summary>
    /// <param name="shape">Its shape.</param>
    /// <param name="value">Its elements' value.</param>
    public Variable Fill(Shape shape, double value) => Builder.Apply(new Fill(shape, value));

    /// <summary>A matrix times a vector.</summary>
    /// <param name="matrix">m × n; or n × m where transposed.</param>
    /// <param name="vector">n.</param>
    /// <param name="transposed">Whether the matrix is transposed.</param>
    public static Variable Times(Variable matrix, Variable vector, bool transposed = false)
    {
        int rows = matrix.Shape[transposed ? 1 : 0];
        return rows == 0 || vector.Shape.Elements == 0
            ? vector.Builder.Apply(new Fill(new Shape(rows), 0))
            : Functions.MatMul(matrix, vector.Reshape(new Shape(vector.Shape[0], 1)), transposeLeft: transposed).Reshape(new Shape(rows));
    }
}
