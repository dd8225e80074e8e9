using Nonsmooth.Engines.Neighbours;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Judging;

/// <summary>A program near a point: its value there and its pieces around, direction by direction.</summary>
/// <param name="program">The program; its real inputs are the arguments, its output is one tensor.</param>
/// <param name="point">The arguments, one array each.</param>
internal sealed class Surroundings(Program program, IReadOnlyList<double[]> point)
{
    private double[]? _value;

    /// <summary>How many numbers the arguments are.</summary>
    public int Variables { get; } = point.Sum(x => x.Length);

    /// <summary>The value at the point itself, over the reals but for the last bits of transcendental functions.</summary>
    public double[] Value => _value ??= Run([.. point.Select((x, a) => Of(a, i => new Near(Series.Of(x[i]), [])))], null)[0].Select(Near.ToDouble).ToArray();

    /// <summary>The piece that a direction enters; null where the function or its slope is not defined there.</summary>
    /// <param name="direction">Over all arguments in a row.</param>
    /// <param name="noise">
    /// If given, every node sees its arguments moved by infinitesimals of its own: then what comes out is an element of the
    /// product of the nodes' Clarke Jacobians, a conservative field's, and not of Clarke's set.
    /// </param>
    public Piece? Along(double[] direction, Random? noise = null)
    {
        int start = 0;
        var inputs = new Tensor<Near>[point.Count];
        for (int a = 0; a < inputs.Length; a++)
        {
            int from = start;
            double[] x = point[a];
            inputs[a] = Of(a, i => new Near(Series.Near(x[i], direction[from + i]), Unit(from + i)));
            start += x.Length;
        }

        var result = Run(inputs, noise)[0];
        double[] value = [.. result.Select(Near.ToDouble)];
        double[][] rows = [.. result.Select(r => r.Gradient.Length == 0 ? new double[Variables] : Array.ConvertAll(r.Gradient, g => g.Standard))];
        return Array.Exists(value, double.IsNaN) || Array.Exists(rows, r => Array.Exists(r, double.IsNaN)) ? null : new(direction, value, rows);
    }

    private Tensor<Near> Of(int argument, Func<int, Near> element) =>
        Tensor.Generate(program.Types[program.Inputs[argument].Value].Shape, element);

    private Series[] Unit(int i)
    {
        var unit = new Series[Variables];
        Array.Fill(unit, Series.Zero);
        unit[i] = Series.Of(1);
        return unit;
    }

    private IReadOnlyList<Near[]> Run(IReadOnlyList<Tensor<Near>> inputs, Random? noise)
    {
        var values = new Tensor?[program.Types.Count];
        for (int i = 0; i < inputs.Count; i++)
        {
            values[program.Inputs[i].Value] = inputs[i];
        }

        foreach (var node in program.Nodes)
        {
            var seen = new Dictionary<int, Tensor>();
            IReadOnlyList<Tensor> arguments = [.. node.Arguments.Select(a => Seen(seen, a, values[a]!, noise))];
            var results = node.Function.Evaluate<Near>(arguments);
            for (int r = 0; r < results.Count; r++)
            {
                values[node.Results[r]] = results[r];
            }
        }

        return [.. program.Outputs.Select(o => ((Tensor<Near>)values[o.Value]!).Elements)];
    }

    // Twice the same argument is moved alike: a node's Jacobian is one of its own, not of two of its kind.
    private static Tensor Seen(Dictionary<int, Tensor> seen, int value, Tensor tensor, Random? noise)
    {
        if (noise is null || tensor is not Tensor<Near> reals)
        {
            return tensor;
        }

        if (!seen.TryGetValue(value, out var moved))
        {
            moved = Tensor.Generate(reals.Shape, i => reals[i].HasGradient ? reals[i].Moved((2 * noise.NextDouble()) - 1) : reals[i]);
            seen[value] = moved;
        }

        return moved;
    }
}
