using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

public static partial class Functions
{
    /// <summary>The discrete Fourier transform along an axis, as a real map: Σₖ xₖ e^(∓2πijk/n).</summary>
    /// <param name="x">[…, 1] for real numbers or […, 2] for complex ones.</param>
    /// <param name="axis">The axis, not the last; below 0 it counts from the end.</param>
    /// <param name="length">n; null for the axis's size. More is padded by zeros, less is cut.</param>
    /// <param name="inverse">Whether it is the inverse, divided by n.</param>
    /// <param name="frequencies">How many frequencies are kept; null for all n. ⌊n/2⌋ + 1 are those of real numbers.</param>
    /// <returns>[…, 2].</returns>
    /// <remarks>One product with a table of n·frequencies numbers: for signals, not for images of thousands of rows.</remarks>
    /// <exception cref="ShapeException">The last axis is not 1 or 2, or the axis is the last.</exception>
    public static Variable Dft(Variable x, int axis, int? length = null, bool inverse = false, int? frequencies = null)
    {
        int parts = Parts(x, ref axis);
        int n = length ?? x.Shape[axis];
        int sign = inverse ? 1 : -1;
        double factor = inverse ? 1.0 / n : 1;
        return Transformed(x, axis, parts, n, frequencies ?? n, 2, (k, part, j, result) =>
        {
            // Of cos + i·sin: the real part to the real one, the imaginary one rotated by a quarter.
            var (sin, cos) = Turn((long)j * k % n, n);
            return factor * ((part, result) switch
            {
                (0, 0) or (1, 1) => cos,
                (0, _) => sign * sin,
                _ => -sign * sin,
            });
        });
    }

    /// <summary>The real numbers of which a half of the spectrum is given: the inverse of <see cref="Dft"/> of real numbers.</summary>
    /// <param name="x">[…, 1] or […, 2]: the frequencies 0 to ⌊n/2⌋, the others being their conjugates.</param>
    /// <param name="axis">The axis, not the last; below 0 it counts from the end.</param>
    /// <param name="length">n; null for twice the axis's size less 2. Frequencies that are missing are 0, those above are left out.</param>
    /// <returns>[…, 1], divided by n.</returns>
    /// <exception cref="ShapeException">The last axis is not 1 or 2, the axis is the last, or n is below 1.</exception>
    public static Variable InverseRealDft(Variable x, int axis, int? length = null)
    {
        int parts = Parts(x, ref axis);
        int n = length ?? (2 * (x.Shape[axis] - 1));
        if (n < 1)
        {
            throw new ShapeException($"{n} real numbers from {x.Shape[axis]} frequencies: give a length of at least 1");
        }

        return Transformed(x, axis, parts, (n / 2) + 1, n, 1, (k, part, j, _) =>
        {
            var (sin, cos) = Turn((long)j * k % n, n);
            double times = k == 0 || 2 * k == n ? 1 : 2;
            return times / n * (part == 0 ? cos : -sin);
        });
    }

    /// <summary>The Fourier transforms of parts of a signal: ONNX's STFT.</summary>
    /// <param name="signal">[N, samples, 1] or [N, samples, 2].</param>
    /// <param name="step">Samples from one part to the next, at least 1.</param>
    /// <param name="length">Samples of a part.</param>
    /// <param name="window">[length]: what a part is multiplied by; null for 1.</param>
    /// <param name="oneSided">Whether the frequencies of real numbers are kept alone.</param>
    /// <returns>[N, parts, frequencies, 2].</returns>
    /// <exception cref="ShapeException">No part fits the signal.</exception>
    public static Variable Stft(Variable signal, int step, int length, Variable? window = null, bool oneSided = true)
    {
        if (signal.Shape.Rank != 3 || step < 1 || length < 1 || signal.Shape[1] < length)
        {
            throw new ShapeException($"parts of {length} every {step} of a signal {signal.Shape}: give [N, samples, 1 or 2], and parts that fit");
        }

        int count = ((signal.Shape[1] - length) / step) + 1;
        var parts = signal.Take(1, [.. Enumerable.Range(0, count * length).Select(i => (i / length * step) + (i % length))])
            .Reshape(new Shape(signal.Shape[0], count, length, signal.Shape[2]));
        return Dft(window is null ? parts : parts * window.Reshape(new Shape(length, 1)), 2, frequencies: oneSided ? (length / 2) + 1 : null);
    }

    private static int Parts(Variable x, ref int axis)
    {
        axis = x.Shape.Axis(axis);
        return x.Shape[^1] is 1 or 2 && axis < x.Shape.Rank - 1
            ? x.Shape[^1]
            : throw new ShapeException($"a Fourier transform of axis {axis} of {x.Shape}: the last axis must be 1 or 2, real and imaginary part, and another");
    }

    private static (double Sin, double Cos) Turn(long part, long whole)
    {
        // Whole quarters are exact.
        return (4 * part % whole, 4 * part / whole) switch
        {
            (0, 0) => (0, 1),
            (0, 1) => (1, 0),
            (0, 2) => (0, -1),
            (0, 3) => (-1, 0),
            _ => Math.SinCos(2 * Math.PI * part / whole),
        };
    }

    // The axis and the parts last, cut or padded, times a table.
    private static Variable Transformed(Variable x, int axis, int parts, int taken, int made, int results, Func<int, int, int, int, double> table)
    {
        x = Moved(x, axis, x.Shape.Rank - 2);
        var lead = x.Shape[..^2];
        int size = Math.Min(taken, x.Shape[^2]);
        var rows = Slices.Range(x, x.Shape.Rank - 2, 0, size).Reshape(new Shape(lead.Elements, size * parts));
        var matrix = Tensor.Generate(
            new Shape(size * parts, made * results), i => table(i / (made * results) / parts, i / (made * results) % parts, i % (made * results) / results, i % results));
        return Moved(rows.Builder.Apply(new MatMul(), rows, rows.Builder.Constant(matrix)).Reshape(lead.Concat(new Shape(made, results))), lead.Rank, axis);
    }
}
