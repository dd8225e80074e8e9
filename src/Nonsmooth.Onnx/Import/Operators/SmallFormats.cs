using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Rounding to formats of 8 bits and fewer: of constants it is done, of data it is a staircase that programs do not have.</summary>
internal static class SmallFormats
{
    private static readonly Dictionary<OnnxDataType, double[]> _values = [];

    /// <summary>A constant rounded.</summary>
    public static Tensor<double> Rounded(Tensor<double> x, OnnxDataType type, bool saturate) => Tensor.Of(x.Shape, Array.ConvertAll(x.Elements, v => Rounded(v, type, saturate)));

    /// <summary>A value of a rule rounded, in a program that is run at once.</summary>
    public static ImportValue Rounded(NodeContext n, Variable x, OnnxDataType type, bool saturate) =>
        n.Importer.Now(n.Builder, x) is Tensor<double> known
            ? new Known(Rounded(known, type, saturate), type)
            : throw new Refusal($"it rounds to {type}, a staircase that is not supported on data: bind the input that it follows from to a value");

    // To nearest, ties to the even pattern; beyond the largest, that or what stands for infinity.
    private static double Rounded(double x, OnnxDataType type, bool saturate)
    {
        var values = Values(type);
        double most = values[^1];
        if (double.IsNaN(x) || type == OnnxDataType.Float8E8M0)
        {
            return type == OnnxDataType.Float8E8M0 ? PowerOfTwo(x) : type == OnnxDataType.Float4E2M1 ? -0.0 : x;
        }

        double size = Math.Abs(x);
        int above = Array.BinarySearch(values, size);
        if (above >= 0)
        {
            return Math.CopySign(size, x);
        }

        above = ~above;
        if (above == values.Length)
        {
            double gap = most - values[^2];
            bool isNear = size <= most + (gap / 2) && !double.IsInfinity(x);
            return isNear || saturate || type == OnnxDataType.Float4E2M1 ? Math.CopySign(most, x) : type == OnnxDataType.Float8E5M2 ? Math.CopySign(double.PositiveInfinity, x) : double.NaN;
        }

        double low = values[above - 1];
        double high = values[above];
        double middle = (low + high) / 2;
        double nearest = size < middle || (size == middle && (above - 1) % 2 == 0) ? low : high;
        bool hasNoMinusZero = type is OnnxDataType.Float8E4M3FNUZ or OnnxDataType.Float8E5M2FNUZ;
        return nearest == 0 && hasNoMinusZero ? 0 : Math.CopySign(nearest, x);
    }

    // Upwards, as ONNX rounds scales by default.
    private static double PowerOfTwo(double x) => double.IsNaN(x) || x < 0 ? double.NaN
        : x == 0 ? Math.ScaleB(1, -127)
        : Math.ScaleB(1, Math.Clamp((int)Math.Ceiling(Math.Log2(x)), -127, 127));

    private static double[] Values(OnnxDataType type)
    {
        lock (_values)
        {
            if (!_values.TryGetValue(type, out double[]? values))
            {
                int patterns = 1 << (type.Bits() - 1);
                _values.Add(type, values = [.. Enumerable.Range(0, patterns).Select(p => SmallFloats.Value(type, (uint)p)).Where(double.IsFinite).Order()]);
            }

            return values;
        }
    }
}
