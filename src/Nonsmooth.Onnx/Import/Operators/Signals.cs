using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Windows and Fourier transforms, which are products with constant tables.</summary>
internal static class Signals
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Value("HannWindow", n => Window(n, [0.5, -0.5])),
        Row.Value("HammingWindow", n => Window(n, [25.0 / 46, -21.0 / 46])),
        Row.Value("BlackmanWindow", n => Window(n, [0.42, -0.5, 0.08])),
        Row.Value("MelWeightMatrix", Mel),
        Row.Of("DFT", n => Transform(n, n.Small("axis", 1)), 17, 19),
        Row.Of("DFT", n => Transform(n, n.Has(2) ? (int)n.Integer(2) : -2), 20),
        Row.Of("STFT", Stft),
    ];

    private static Known Window(NodeContext n, double[] cosines)
    {
        int size = (int)Math.Clamp(n.Integer(0), 0, 1 << 24);
        double period = n.Flag("periodic", true) ? size : size - 1;
        return new Known(Tensor.Generate(new Shape(size), i => cosines.Select((c, k) => c * Math.Cos(2 * Math.PI * k * i / period)).Sum()), (OnnxDataType)n.Attribute("output_datatype", 1));
    }

    private static Known Mel(NodeContext n)
    {
        int bins = (int)n.Integer(0);
        int spectrum = ((int)n.Integer(1) / 2) + 1;
        double rate = n.Number(2);
        double Mels(double hertz) => 2595 * Math.Log10(1 + (hertz / 700));
        var (low, high) = (Mels(n.Number(3)), Mels(n.Number(4)));
        double step = (high - low) / (bins + 2);
        int[] edges = [.. Enumerable.Range(0, bins + 2).Select(i => (int)Math.Floor((n.Integer(1) + 1) * (700 * (Math.Pow(10, ((i * step) + low) / 2595) - 1)) / rate))];
        var matrix = new Tensor<double>(new Shape(spectrum, bins));
        for (int b = 0; b < bins; b++)
        {
            var (lower, centre, upper) = (edges[b], edges[b + 1], edges[b + 2]);
            for (int k = lower; k <= centre && k < spectrum && centre > lower; k++)
            {
                matrix[(k * bins) + b] = (double)(k - lower) / (centre - lower);
            }

            if (centre == lower && centre < spectrum)
            {
                matrix[(centre * bins) + b] = 1;
            }

            for (int k = centre; k < upper && k < spectrum; k++)
            {
                matrix[(k * bins) + b] = (double)(upper - k) / (upper - centre);
            }
        }

        return new Known(matrix, (OnnxDataType)n.Attribute("output_datatype", 1));
    }

    /// <summary>The table of one part of a transform: cos or ∓sin of 2π·jk/n.</summary>
    private static Variable Table(ProgramBuilder builder, int from, int to, int length, Func<double, double> function) =>
        builder.Constant(Tensor.Generate(new Shape(from, to), i => function(2 * Math.PI * ((long)(i / to) * (i % to) % length) / length)));

    private static Variable Transform(NodeContext n, int axis)
    {
        var x = n.Real(0);
        bool inverse = n.Flag("inverse");
        bool onesided = n.Flag("onesided");
        axis = x.Shape.Axis(axis);
        int length = n.Has(1) ? (int)n.Integer(1) : onesided && inverse ? (x.Shape[axis] - 1) * 2 : x.Shape[axis];
        bool mirrored = onesided && inverse;
        int taken = mirrored ? (length / 2) + 1 : length;
        if (taken != x.Shape[axis])
        {
            x = Functions.Pad(x, new int[x.Shape.Rank], [.. Enumerable.Range(0, x.Shape.Rank).Select(a => a == axis ? taken - x.Shape[a] : 0)], PadMode.Constant);
        }

        bool isComplex = x.Shape[^1] == 2;
        int rank = x.Shape.Rank;
        int[] last = [.. Enumerable.Range(0, rank - 1).Where(a => a != axis), axis];
        Variable Part(int k)
        {
            var part = x.Slice(rank - 1, k, k + 1);
            return part.Reshape(part.Shape[..^1]).Transpose(last);
        }

        var re = Part(0);
        var im = isComplex ? Part(1) : null;
        if (mirrored)
        {
            // The other half is the conjugate.
            int[] back = [.. Enumerable.Range(1, Math.Max(0, length - taken)).Select(i => length - taken + 1 - i)];
            re = Functions.Concatenate(rank - 2, re, re.Take(rank - 2, back));
            im = im is null ? null : Functions.Concatenate(rank - 2, im, -im.Take(rank - 2, back));
        }

        int rows = onesided && !inverse ? (length / 2) + 1 : length;
        var cos = Table(n.Builder, length, rows, length, a => Math.Cos(a) / (inverse ? length : 1));
        var sin = Table(n.Builder, length, rows, length, a => (inverse ? Math.Sin(a) : -Math.Sin(a)) / (inverse ? length : 1));
        var (real, imaginary) = (Functions.MatMul(re, cos), Functions.MatMul(re, sin));
        if (im is not null)
        {
            (real, imaginary) = (real - Functions.MatMul(im, sin), imaginary + Functions.MatMul(im, cos));
        }

        var inverseOrder = new int[rank - 1];
        for (int i = 0; i < last.Length; i++)
        {
            inverseOrder[last[i]] = i;
        }

        real = real.Transpose(inverseOrder);
        return mirrored ? real.Reshape(real.Shape.Concat(new Shape(1))) : Functions.Stack(rank - 1, real, imaginary.Transpose(inverseOrder));
    }

    private static Variable Stft(NodeContext n)
    {
        var x = n.Real(0);
        int step = (int)n.Integer(1);
        int length = n.Has(3) ? (int)n.Integer(3) : n.Shape(2)[0];
        if (x.Shape[^1] == 2)
        {
            throw new Refusal("its signal is complex, which is not supported");
        }

        var signal = x.Reshape(x.Shape[..2]);
        int frames = ((signal.Shape[1] - length) / step) + 1;
        var cut = signal.Take(1, [.. Enumerable.Range(0, frames * length).Select(i => (i / length * step) + (i % length))]).Reshape(new Shape(signal.Shape[0], frames, length));
        if (n.Has(2))
        {
            var window = n.Real(2);
            int missing = length - window.Shape[0];
            cut *= missing > 0 ? Functions.Pad(window, [missing / 2], [missing - (missing / 2)]) : window;
        }

        int rows = n.Flag("onesided", true) ? (length / 2) + 1 : length;
        return Functions.Stack(
            3, Functions.MatMul(cut, Table(n.Builder, length, rows, length, Math.Cos)), Functions.MatMul(cut, Table(n.Builder, length, rows, length, a => -Math.Sin(a))));
    }
}
