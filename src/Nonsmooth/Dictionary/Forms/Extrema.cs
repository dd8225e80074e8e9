using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Extrema of many elements, by extrema of two.</summary>
internal static class Extrema
{
    /// <summary>The extremum over axes: k − 1 comparisons a result, as a tree.</summary>
    public static Variable Over(Variable x, IntVector axes, bool keepAxes, bool largest)
    {
        var result = new Shape([.. x.Shape.Select((size, a) => axes.Contains(a) ? 1 : size).Where((_, a) => keepAxes || !axes.Contains(a))]);
        foreach (int axis in axes)
        {
            while (x.Shape[axis] > 1)
            {
                int half = x.Shape[axis] / 2;
                var best = Of(Slices.Range(x, axis, 0, half), Slices.Range(x, axis, half, half), largest);
                x = x.Shape[axis] % 2 == 0
                    ? best
                    : Functions.Concatenate(axis, best, Slices.Range(x, axis, 2 * half, 1));
            }
        }

        return x.Shape.Equals(result) ? x : x.Reshape(result);
    }

    /// <summary>The extremum of tensors of one shape, element by element, as a tree.</summary>
    public static Variable Of(IReadOnlyList<Variable> parts, bool largest) => parts.Count == 1
        ? parts[0]
        : Of(Of([.. parts.Take(parts.Count / 2)], largest), Of([.. parts.Skip(parts.Count / 2)], largest), largest);

    /// <summary>The product along an axis, which goes: k − 1 products a result, as a tree.</summary>
    public static Variable Product(Variable x, int axis)
    {
        while (x.Shape[axis] > 1)
        {
            int half = x.Shape[axis] / 2;
            var product = Slices.Range(x, axis, 0, half) * Slices.Range(x, axis, half, half);
            x = x.Shape[axis] % 2 == 0 ? product : Functions.Concatenate(axis, product, Slices.Range(x, axis, 2 * half, 1));
        }

        return x.Reshape(new Shape([.. x.Shape.Where((_, a) => a != axis)]));
    }

    /// <summary>The running maximum along an axis.</summary>
    public static Variable Running(Variable x, int axis)
    {
        if (x.Shape[axis] < 2)
        {
            return x;
        }

        var parts = Slices.Along(x, axis);
        for (int i = 1; i < parts.Length; i++)
        {
            parts[i] = Functions.Maximum(parts[i - 1], parts[i]);
        }

        return Functions.Concatenate(axis, parts);
    }

    public static Variable Of(Variable a, Variable b, bool largest) =>
        largest ? Functions.Maximum(a, b) : Functions.Minimum(a, b);
}
