using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>What reading a tensor at the locations of a grid and its transpose share.</summary>
/// <param name="Reading">How it is read.</param>
/// <param name="Orders">The order of the derivative taken in each coordinate, that of the outermost axis first; all 0 for the reading itself.</param>
/// <remarks>Linear in the first argument. In the grid it is smooth inside cells; across their edges it is continuous as often as its kernel is.</remarks>
public abstract record GridFunction(GridReading Reading, IntVector Orders) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Attributes => $"{Reading}{(Orders.All(o => o == 0) ? "" : $", orders {Orders}")}";

    // How often the kernel can be differentiated before it kinks, less what was taken: −1 where it jumps.
    private int Continuous => Reading.Mode switch
    {
        GridMode.Nearest => -1,
        GridMode.Linear => 0,
        _ => 1,
    } - Orders.Max();

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new()
    {
        Saves = Saved.Arguments,
        Kinks = Continuous > 0 ? new KinkStructure.Smooth()
            : Continuous == 0 ? new KinkStructure.Border("where a coordinate is on the edge of a cell", OnEdge)
            : new KinkStructure.Jump("jumps where a coordinate passes to another cell", OnEdge),
        IsPiecewiseLinear = static active => !active[1],
    };

    /// <inheritdoc/>
    /// <remarks>Cells are pieces that meet continuously, of which one is taken.</remarks>
    public override RuleGrounds? Grounds(Selection selection) => Continuous == 0 ? RuleGrounds.Ties(TieRule.First) : base.Grounds(selection);

    /// <inheritdoc/>
    public override bool DecidesBy(int argument, TensorType type) => argument == 1 && Continuous < 0;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents)
    {
        var sum = tangents[0] is { } t ? at.Builder.Apply(this, t, at.Arguments[1]) : null;
        if (tangents[1] is { } moved && Reading.Mode != GridMode.Nearest)
        {
            for (int axis = 0; axis < Orders.Count; axis++)
            {
                var term = Along(at, axis, Slices.Range(moved, moved.Shape.Rank - 1, Orders.Count - 1 - axis, 1).Reshape(Located(moved.Shape)));
                sum = sum is null ? term : sum + term;
            }
        }

        return [sum];
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents)
    {
        if (cotangents[0] is not { } g)
        {
            return [null, null];
        }

        if (!at.Active[1] || Reading.Mode == GridMode.Nearest)
        {
            return [at.Active[0] ? Transposed(at, g) : null, null];
        }

        var parts = new Variable[Orders.Count];
        for (int axis = 0; axis < parts.Length; axis++)
        {
            parts[^(axis + 1)] = Inner(at, axis, g).Sum(1);
        }

        return [at.Active[0] ? Transposed(at, g) : null, Functions.Stack(-1, parts)];
    }

    /// <summary>The derivative along one coordinate, given one number for each location, [N, 1, …].</summary>
    internal abstract Variable Along(Derivation at, int axis, Variable moved);

    /// <summary>The transpose in the first argument.</summary>
    internal abstract Variable Transposed(Derivation at, Variable cotangent);

    /// <summary>For each location and channel the product of the cotangent with the derivative along one coordinate.</summary>
    internal abstract Variable Inner(Derivation at, int axis, Variable cotangent);

    /// <summary>The orders with one more in a coordinate.</summary>
    internal IntVector Further(int axis) => Orders.Select((o, a) => a == axis ? o + 1 : o).ToArray();

    /// <summary>Checks the arguments; the shape of a grid's locations.</summary>
    internal Shape Locations(IReadOnlyList<TensorType> arguments)
    {
        Check.Reals(arguments, 2);
        var (x, grid) = (arguments[0].Shape, arguments[1].Shape);
        int axes = Orders.Count;
        return x.Rank == axes + 2 && grid.Rank == axes + 2 && grid[^1] == axes && grid[0] == x[0]
            ? grid[1..^1]
            : throw new ShapeException($"{Name} over {axes} axes takes [N, C, …] and a grid [N, …, {axes}], given {x} and {grid}");
    }

    private static Shape Located(Shape grid) => new Shape(grid[0], 1).Concat(grid[1..^1]);

    private bool OnEdge(IReadOnlyList<Tensor<double>> arguments)
    {
        var sizes = Read(arguments[0].Shape);
        return arguments[1].Elements.Where((c, i) => Reading.IsOnEdge(c, sizes[^((i % sizes.Count) + 1)])).Any();
    }

    /// <summary>The sizes of the axes that are read, from the shape of the first argument.</summary>
    private protected abstract IntVector Read(Shape first);
}
