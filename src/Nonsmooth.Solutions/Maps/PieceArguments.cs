using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The arguments of a <see cref="SolutionLinear"/> as inputs of a program that is being built.</summary>
internal sealed class PieceArguments
{
    private readonly SolutionLinear _function;
    private readonly Variable[] _directions;

    public PieceArguments(SolutionLinear function, IReadOnlyList<TensorType> types)
    {
        _function = function;
        Builder = new ProgramBuilder();
        var inputs = types.Select((t, i) => Builder.Input($"a{i}", t)).ToArray();
        int count = function.Map.Parameters.Count;
        Batch = ProblemBatch.Of(function.Map.Parameters, [.. types.Take(count)]);
        Shapes = function.Map.Shapes(Batch.Shapes);
        int results = Shapes.Values.Count;
        State = inputs[count + results];
        Piece = new(inputs[..count], inputs[count..(count + results)], Functions.Cast(State, ElementKind.Real), function.Weak);
        _directions = inputs[(count + results + 1)..];
        Types = [.. Batch.Shapes.Concat(Shapes.Values).Append(Shapes.State).Select(TensorType.Real)];
        All = [.. Piece.Parameters, .. Piece.Values, Piece.State, .. _directions];
    }

    public ProgramBuilder Builder { get; }

    public ProblemBatch Batch { get; }

    public SolutionShapes Shapes { get; }

    public SolutionPiece Piece { get; }

    /// <summary>The state as it is given: integers.</summary>
    public Variable State { get; }

    /// <summary>Of one problem: parameters, results, and the state as reals.</summary>
    public IReadOnlyList<TensorType> Types { get; }

    /// <summary>Parameters, results, the state as reals, and the directions given.</summary>
    public IReadOnlyList<Variable> All { get; }

    /// <summary>How many numbers the results of one problem are.</summary>
    public int Size => Shapes.Values.Sum(s => s.Elements);

    /// <summary>The direction of a parameter or result; zeros where none is given.</summary>
    public Variable Direction(int of, Shape shape)
    {
        int given = _function.Given.ToList().IndexOf(of);
        return given < 0 ? Piece.Fill(shape, 0) : _directions[given];
    }

    public static Variable Flat(Variable x) => x.Reshape(new Shape(x.Shape.Elements));

    /// <summary>The parts of the last axis, each of a result's shape.</summary>
    public static Variable[] Parts(Variable joined, IReadOnlyList<Shape> shapes)
    {
        int start = 0;
        var parts = new Variable[shapes.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            int end = start + shapes[i].Elements;
            parts[i] = joined.Slice(-1, start, end).Reshape(joined.Shape[..^1].Concat(shapes[i]));
            start = end;
        }

        return parts;
    }
}
