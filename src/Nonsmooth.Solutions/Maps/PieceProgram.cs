using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The tangents and cotangents of a map as programs that can be differentiated: the linear system of its piece is an <see cref="Implicit"/> of its own.</summary>
/// <remarks>With equations F(θ, w) = 0 of the piece the tangent t solves DF(θ, w)[dθ, t] = 0; the cotangent is −F_θᵀu, F_wᵀu being the results' cotangent. Both
/// systems are programs in all that they read and linear in the unknown, so what is made of them can be differentiated again, to any order.</remarks>
internal static class PieceProgram
{
    private const string _unknown = "moved";

    /// <summary>A <see cref="SolutionTangent"/> as a program of its arguments.</summary>
    /// <exception cref="NonsmoothException">The map has no equations.</exception>
    public static Program Tangent(SolutionTangent function, IReadOnlyList<TensorType> types)
    {
        var at = new PieceArguments(function, types);
        var directions = function.Map.Parameters.Select((_, p) => at.Direction(p, at.Piece.Parameters[p].Shape)).ToArray();
        var results = function.Map.TangentFormula(at.Piece, directions)
            ?? (Joined(function, at) is { } joined ? Moved(function, at, joined) : throw new NonsmoothException(
                $"{function.Name} has no derivative in the parameters: {function.Map.Name} gives no equations to differentiate twice; differentiate once, or unroll the solver"));
        return at.Builder.Build(results.Select((r, i) => ($"t{i}", Broadcasting.To(r, at.Batch.Shape.Concat(at.Shapes.Values[i])))));
    }

    /// <summary>A <see cref="SolutionCotangent"/> as a program of its arguments.</summary>
    /// <exception cref="NonsmoothException">The map has no equations.</exception>
    public static Program Cotangent(SolutionCotangent function, IReadOnlyList<TensorType> types)
    {
        var at = new PieceArguments(function, types);
        var map = function.Map;
        var seeds = at.Shapes.Values.Select((s, r) => at.Direction(r, at.Batch.Shape.Concat(s))).ToArray();
        var results = map.CotangentFormula(at.Piece, seeds) is { } all ? [.. function.Wanted.Select(p => all[p])]
            : Joined(function, at) is { } joined ? Pulled(function, at, seeds, joined)
            : Transposed(function, at);

        // Of a parameter that the batch shares the cotangents are summed.
        int rank = at.Batch.Shape.Rank;
        return at.Builder.Build(results.Select((g, i) => ($"c{i}", g.Shape.Equals(at.Batch.Argument(function.Wanted[i])) ? g : g.Sum([.. Enumerable.Range(0, rank)]))));
    }

    private static IReadOnlyList<Variable> Moved(SolutionTangent function, PieceArguments at, Program joined)
    {
        int results = at.Batch.Shapes.Count;
        int[] moving = [.. function.Given, .. Enumerable.Range(results, at.Shapes.Values.Count)];
        var linear = joined.Forprop(new ForpropOptions { WithRespectTo = [.. moving.Select(i => joined.Inputs[i].Name)], KeepValues = false });
        TensorType[] types = [.. at.Types, .. function.Given.Select(p => at.Types[p]), TensorType.Real(new Shape(at.Size))];
        var system = Reading.Of(
            types, inputs => [inputs[0].Builder.Inline(linear, [.. inputs[..^1], .. PieceArguments.Parts(inputs[^1], at.Shapes.Values)])[0]], _unknown);
        return PieceArguments.Parts(Solved(system, at.All), at.Shapes.Values);
    }

    private static IReadOnlyList<Variable> Pulled(SolutionCotangent function, PieceArguments at, Variable[] seeds, Program joined)
    {
        int count = at.Batch.Shapes.Count;
        var inResults = Gradient(Enumerable.Range(count, at.Shapes.Values.Count));
        var inParameters = Gradient(function.Wanted);
        var joint = TensorType.Real(new Shape(at.Size));
        var seed = Functions.Concatenate(-1, [.. seeds.Select((s, r) => s.Reshape(at.Batch.Shape.Concat(new Shape(at.Shapes.Values[r].Elements))))]);
        var system = Reading.Of(
            [.. at.Types, joint, joint],
            inputs => [Functions.Concatenate(0, [.. inputs[0].Builder.Inline(inResults, [.. inputs[..^2], inputs[^1]]).Select(PieceArguments.Flat)]) - inputs[^2]],
            _unknown);
        Variable[] fixedPart = [.. at.All.Take(at.Types.Count)];
        var solved = Solved(system, [.. fixedPart, seed]);
        var (body, used) = Reading.Of([.. at.Types, joint], inputs => [.. inputs[0].Builder.Inline(inParameters, inputs).Select(g => -g)]);
        Variable[] read = [.. used.Select(i => i < fixedPart.Length ? fixedPart[i] : solved)];
        return at.Batch.Shape.Rank == 0 ? at.Builder.Inline(body, read) : [.. at.Builder.ApplyAll(new OverBatch(body), read).Take(function.Wanted.Count)];

        Program Gradient(IEnumerable<int> inputs) => joined.Backprop(new BackpropOptions
        {
            WithRespectTo = [.. inputs.Select(i => joined.Inputs[i].Name)],
            SeedInput = true,
            KeepValues = false,
        });
    }

    // By the formula's own transpose; zeros stand for its directions, in which it is linear.
    private static IReadOnlyList<Variable> Transposed(SolutionCotangent function, PieceArguments at)
    {
        var all = at.All.Take(at.Types.Count - 1).Append(at.State).ToArray();
        var tangent = Tangent(
            new SolutionTangent(function.Map, function.Wanted, function.Weak),
            [.. all.Select(v => v.Type), .. function.Wanted.Select(p => all[p].Type)]);
        var transposed = tangent.Backprop(new BackpropOptions
        {
            WithRespectTo = [.. tangent.Inputs.Skip(all.Length).Select(i => i.Name)],
            Of = [.. function.Given.Select(r => $"t{r}")],
            SeedInput = true,
            KeepValues = false,
        });
        var zeros = function.Wanted.Select(p => at.Piece.Fill(all[p].Shape, 0));
        var seeds = function.Given.Order().Select(r => at.Direction(r, at.Batch.Shape.Concat(at.Shapes.Values[r])));
        return at.Builder.Inline(transposed, [.. all, .. zeros, .. seeds]);
    }

    private static Variable Solved((Program Program, int[] Used) system, IReadOnlyList<Variable> arguments) =>
        arguments[0].Builder.ApplyAll(new Implicit(system.Program, _unknown) { IsLinear = true }, [.. system.Used.Select(i => arguments[i])])[0];

    // F of one problem in θ, w and the state, its parts behind each other.
    private static Program? Joined(SolutionLinear function, PieceArguments at)
    {
        var builder = new ProgramBuilder();
        var inputs = at.Types.Select((t, i) => builder.Input($"a{i}", t)).ToArray();
        int count = at.Batch.Shapes.Count;
        return function.Map.Equations(new(inputs[..count], inputs[count..^1], inputs[^1], function.Weak)) is { } equations
            ? builder.Build([("F", Functions.Concatenate(0, [.. equations.Select(PieceArguments.Flat)]))])
            : null;
    }
}
