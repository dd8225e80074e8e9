using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>A function of matrices as an elementary function: the last two axes are those of one matrix, those before them a batch.</summary>
/// <remarks>
/// <para>Values and derivatives come from one factorisation in double precision and are rounded to the arithmetic. The state has no elements: the matrix
/// itself tells which piece it is on. Where a kink is declared the derivative is one element of the conservative Jacobian, the same under all selections.</para>
/// <para>Where the value is not unique (eigenvectors of equal eigenvalues, the second column of Q of two parallel ones) a value is given that
/// satisfies the equations, and its derivative is refused with <see cref="SingularSolutionException"/>; a report says
/// <see cref="Invertibility.Fails"/>.</para>
/// </remarks>
public abstract record MatrixMap : ExactMap
{
    private const string _smooth = "none";

    // Shared, so that two functions of the same attributes are one.
    private protected static readonly IReadOnlyList<Parameter> One = [new("A", 2)];
    private protected static readonly IReadOnlyList<Parameter> Symmetric = [new("S", 2)];
    private protected static readonly IReadOnlyList<Parameter> WithRightSide = [new("A", 2), new("B", 2)];
    private protected static readonly IReadOnlyList<Parameter> TriangleWithRightSide = [new("T", 2), new("B", 2)];

    private protected MatrixMap()
    {
    }

    /// <inheritdoc/>
    /// <remarks><c>none</c> where the function is smooth inside its domain.</remarks>
    public override string Border => _smooth;

    /// <inheritdoc/>
    public sealed override Solution Solve(Problem problem) => new(At(problem).Values, []);

    /// <inheritdoc/>
    public sealed override SolutionDerivative Differentiate(Problem problem, Solution solution, ActivityRule weak) => At(problem);

    /// <summary>A matrix decides continuously also where the function jumps by a convention of signs.</summary>
    public sealed override bool DecidesBy(int argument, TensorType type) => type.Kind != ElementKind.Real;

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => Border == _smooth
        ? FunctionFacts.Smooth with { Keys = [], Saves = new(null, [0]) }
        : new()
        {
            Kinks = new KinkStructure.Border(
                Border, arguments => Report(arguments).Any(r => !r.IsRegular), Jumps ? Regularity.NotPathDifferentiable : Regularity.PathDifferentiable),
            Keys = [],
            Saves = new(null, [0]),
        };

    /// <summary>Whether the value jumps on the border, by a convention of signs.</summary>
    private protected virtual bool Jumps => false;

    private protected abstract MatrixPoint At(Problem problem);
}
