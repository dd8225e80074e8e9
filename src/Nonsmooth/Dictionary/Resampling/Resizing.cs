using System.Globalization;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>How axes are resized: what an element of the result is made of, a sparse matrix for each axis.</summary>
/// <remarks>By default linear with half pixels, as ONNX's Resize and torch's interpolate with <c>align_corners=False</c>.</remarks>
public sealed record Resizing
{
    /// <summary>What an element is made of. Default linear.</summary>
    public ResizeMode Mode { get; init; } = ResizeMode.Linear;

    /// <summary>Where it lies on the original. Default half pixels.</summary>
    public ResizeCoordinates Coordinates { get; init; }

    /// <summary>What is nearest, for that mode. Default the lower half way.</summary>
    public NearestRounding Rounding { get; init; }

    /// <summary>The coefficient of the cubic kernel. Default −0.75.</summary>
    public double CubicCoefficient { get; init; } = -0.75;

    /// <summary>Whether elements beyond the ends count nothing and the others more; else the outermost stands for them. Default false.</summary>
    public bool ExcludeOutside { get; init; }

    /// <summary>Whether kernels are stretched where the result is smaller. Default false.</summary>
    public bool Antialias { get; init; }

    /// <summary>The matrix of one axis.</summary>
    /// <param name="size">The size of the axis, at least 1.</param>
    /// <param name="result">Its size in the result.</param>
    /// <param name="scale">The scale; null for result/size.</param>
    /// <param name="region">The region's start and end, for <see cref="ResizeCoordinates.CropAndResize"/>.</param>
    /// <exception cref="ShapeException">The axis is empty, or the scale is not above 0.</exception>
    public AxisMap Map(int size, int result, double? scale = null, (double Start, double End)? region = null)
    {
        if (size < 1 || result < 0 || scale is <= 0 or double.NaN)
        {
            throw new ShapeException(string.Create(CultureInfo.InvariantCulture, $"an axis of {size} resized to {result} by {scale}: give at least one element, and a scale above 0"));
        }

        double ratio = scale ?? ((double)result / size);
        return AxisMap.Of(size, Enumerable.Range(0, result).Select(i => Row(Place(i, size, result, scale, region), size, ratio)));
    }

    /// <summary>Which elements of an axis of the result lie beyond the original's ends.</summary>
    internal bool[] Outside(int size, int result, double? scale, (double Start, double End)? region) =>
        [.. Enumerable.Range(0, result).Select(i => Place(i, size, result, scale, region) is var place && (place < 0 || place > size - 1))];

    // A quotient of whole numbers is taken in one step, so that it is whole where it should be.
    private double Place(int i, int size, int result, double? scale, (double Start, double End)? region)
    {
        double Scaled(double at) => scale is { } s ? at / s : at * size / result;
        double length = scale is { } given ? given * size : result;
        switch (Coordinates)
        {
            case ResizeCoordinates.HalfPixelSymmetric:
                return (size / 2.0 * (1 - (result / length))) + Scaled(i + 0.5) - 0.5;
            case ResizeCoordinates.PytorchHalfPixel:
                return result > 1 ? Scaled(i + 0.5) - 0.5 : 0;
            case ResizeCoordinates.AlignCorners:
                return length == 1 ? 0 : i * (size - 1.0) / (length - 1);
            case ResizeCoordinates.Asymmetric:
                return Scaled(i);
            case ResizeCoordinates.CropAndResize:
                var (start, end) = region ?? (0, 1);
                return result > 1
                    ? (start * (size - 1)) + (i * (end - start) * (size - 1) / (result - 1))
                    : 0.5 * (start + end) * (size - 1);
            default:
                return Scaled(i + 0.5) - 0.5;
        }
    }

    private IEnumerable<(int Index, double Weight)> Row(double place, int size, double ratio)
    {
        if (Mode == ResizeMode.Nearest)
        {
            double nearest = Rounding switch
            {
                NearestRounding.PreferFloor => Math.Ceiling(place - 0.5),
                NearestRounding.PreferCeil => Math.Floor(place + 0.5),
                NearestRounding.Floor => Math.Floor(place),
                _ => Math.Ceiling(place),
            };
            return [((int)Math.Clamp(nearest, 0, size - 1), 1.0)];
        }

        double stretch = Antialias ? Math.Min(1, ratio) : 1;
        double reach = (Mode == ResizeMode.Linear ? 1 : 2) / stretch;
        var taps = new List<(int Index, double Weight)>();
        for (double at = Math.Ceiling(place - reach); at <= place + reach; at++)
        {
            bool inside = at >= 0 && at < size;
            if (inside || !ExcludeOutside)
            {
                taps.Add(((int)Math.Clamp(at, 0, size - 1), Kernel((at - place) * stretch)));
            }
        }

        double sum = ExcludeOutside || Antialias ? taps.Sum(t => t.Weight) : 1;
        return sum == 1 || sum == 0 ? taps : taps.Select(t => (t.Index, t.Weight / sum));
    }

    private double Kernel(double distance)
    {
        double d = Math.Abs(distance);
        double a = CubicCoefficient;
        return Mode == ResizeMode.Linear ? Math.Max(0, 1 - d)
            : d <= 1 ? ((((a + 2) * d) - (a + 3)) * d * d) + 1
            : d < 2 ? (((((d - 5) * d) + 8) * d) - 4) * a
            : 0;
    }
}
