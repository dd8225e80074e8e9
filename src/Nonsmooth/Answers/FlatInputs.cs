using Nonsmooth.Programs;

namespace Nonsmooth.Answers;

/// <summary>The inputs of a program that are asked for, in a row, as one point; the others stay.</summary>
internal sealed class FlatInputs
{
    private readonly IReadOnlyList<Array> _inputs;
    private readonly (int Position, int Count)[] _parts;

    /// <exception cref="NonsmoothException">An input asked for was not given as reals.</exception>
    public FlatInputs(Program program, IReadOnlyList<Array> inputs, IReadOnlyList<string> names)
    {
        var all = program.Inputs.ToList();
        _inputs = inputs;
        _parts = [.. names.Select(n => (all.FindIndex(i => i.Name == n), program.InputType(n).Shape.Elements))];
        Start = [.. _parts.SelectMany(p => Reals(inputs[p.Position]))];
    }

    /// <summary>The point given.</summary>
    public double[] Start { get; }

    /// <summary>All inputs at a point.</summary>
    public Array[] At(double[] point)
    {
        Array[] inputs = [.. _inputs];
        double[][] parts = Split(point);
        for (int i = 0; i < parts.Length; i++)
        {
            inputs[_parts[i].Position] = parts[i];
        }

        return inputs;
    }

    /// <summary>One array an input.</summary>
    public double[][] Split(double[] point)
    {
        int position = 0;
        return [.. _parts.Select(p =>
        {
            position += p.Count;
            return point[(position - p.Count)..position];
        })];
    }

    private static double[] Reals(Array values) => values switch
    {
        double[] reals => reals,
        float[] reals => Array.ConvertAll(reals, r => (double)r),
        _ => throw new NonsmoothException($"an input of reals was given {values.GetType().Name}: give double[] or float[]"),
    };
}
