using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Onnx.Import;

/// <summary>Resizing.</summary>
internal static class Resampling
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Of("Resize", Resize, 11), Row.Of("Resize", n => Scaled(n, n.Reals(1)), 10, 10),
        Row.Of("Upsample", n => Scaled(n, n.Version < 9 ? n.Floats("scales") ?? Old(n) : n.Reals(1)), 1, 9),
        Row.Of("CenterCropPad", CenterCropPad),
    ];

    private static double[] Old(NodeContext n) => [1, 1, n.Attribute("height_scale", 1.0), n.Attribute("width_scale", 1.0)];

    // As it was before version 11: from the start of each axis.
    private static Variable Scaled(NodeContext n, double[] scales)
    {
        var x = n.Real(0);
        if (scales.Length != x.Shape.Rank)
        {
            throw new OnnxException($"{scales.Length} scales for {x.Shape}: one an axis is needed");
        }

        int[] axes = [.. Enumerable.Range(0, scales.Length).Where(a => scales[a] != 1)];
        int[] sizes = [.. axes.Select(a => Size(x.Shape[a] * scales[a]))];
        var resizing = new Dictionary.Resizing
        {
            Mode = n.Text("mode", "nearest") == "nearest" ? ResizeMode.Nearest : ResizeMode.Linear,
            Coordinates = ResizeCoordinates.Asymmetric,
            Rounding = NearestRounding.Floor,
        };
        return axes.Length == 0 ? x : Functions.Resize(x, axes, sizes, resizing, [.. axes.Select(a => scales[a])]);
    }

    private static int Size(double size) => size is >= 0 and < int.MaxValue ? (int)Math.Floor(size) : throw new OnnxException($"an axis of size {size} is none");

    private static Variable Resize(NodeContext n)
    {
        var x = n.Real(0);
        int[] axes = n.Many("axes") is { } given ? [.. given.Select(a => x.Shape.Axis((int)a))] : [.. Enumerable.Range(0, x.Shape.Rank)];
        double[]? scales = n.Has(2) && n.Shape(2).Count64 > 0 ? n.Reals(2) : null;
        long[]? wanted = n.Has(3) && n.Shape(3).Count64 > 0 ? n.Integers(3) : null;
        if ((scales?.Length ?? wanted?.Length) != axes.Length)
        {
            throw new OnnxException($"{scales?.Length ?? wanted?.Length ?? 0} scales or sizes for {axes.Length} axes: one an axis is needed");
        }

        int[] sizes;
        if (scales is not null)
        {
            sizes = [.. axes.Select((a, i) => Size(x.Shape[a] * scales[i]))];
        }
        else
        {
            string policy = n.Text("keep_aspect_ratio_policy", "stretch");
            var ratios = axes.Select((a, i) => (double)wanted![i] / x.Shape[a]);
            double? one = policy switch
            {
                "not_larger" => ratios.Min(),
                "not_smaller" => ratios.Max(),
                _ => null,
            };
            sizes = [.. axes.Select((a, i) => one is { } ratio ? Size((x.Shape[a] * ratio) + 0.5) : (int)wanted![i])];
            scales = one is { } same ? [.. axes.Select(_ => same)] : null;
        }

        var coordinates = Coordinates(n.Text("coordinate_transformation_mode", "half_pixel"));
        bool crops = coordinates == ResizeCoordinates.CropAndResize;
        double[] roi = crops ? n.Reals(1) : [];
        int[] kept = [.. Enumerable.Range(0, axes.Length).Where(i => crops || sizes[i] != x.Shape[axes[i]] || scales?[i] is not (null or 1))];
        var resizing = new Dictionary.Resizing
        {
            Mode = n.Text("mode", "nearest") switch
            {
                "nearest" => ResizeMode.Nearest,
                "linear" => ResizeMode.Linear,
                "cubic" => ResizeMode.Cubic,
                var other => throw new Refusal($"its mode '{other}' is not known"),
            },
            Coordinates = coordinates,
            Rounding = n.Text("nearest_mode", "round_prefer_floor") switch
            {
                "round_prefer_floor" => NearestRounding.PreferFloor,
                "round_prefer_ceil" => NearestRounding.PreferCeil,
                "floor" => NearestRounding.Floor,
                "ceil" => NearestRounding.Ceil,
                var other => throw new Refusal($"its nearest_mode '{other}' is not known"),
            },
            CubicCoefficient = n.Attribute("cubic_coeff_a", -0.75),
            ExcludeOutside = n.Flag("exclude_outside"),
            Antialias = n.Flag("antialias"),
        };
        return kept.Length == 0
            ? x
            : Functions.Resize(
                x, [.. kept.Select(i => axes[i])], [.. kept.Select(i => sizes[i])], resizing,
                scales is null ? null : [.. kept.Select(i => scales[i])],
                crops ? [.. kept.Select(i => (roi[i], roi[i + axes.Length]))] : null,
                n.Attribute("extrapolation_value", 0.0));
    }

    private static ResizeCoordinates Coordinates(string name) => name switch
    {
        "half_pixel" => ResizeCoordinates.HalfPixel,
        "half_pixel_symmetric" => ResizeCoordinates.HalfPixelSymmetric,
        "pytorch_half_pixel" => ResizeCoordinates.PytorchHalfPixel,
        "align_corners" => ResizeCoordinates.AlignCorners,
        "asymmetric" => ResizeCoordinates.Asymmetric,
        "tf_crop_and_resize" => ResizeCoordinates.CropAndResize,
        _ => throw new Refusal($"its coordinates '{name}' are not known"),
    };

    private static Variable CenterCropPad(NodeContext n)
    {
        var x = n.Any(0);
        long[] sizes = n.Integers(1);
        int[] axes = n.Many("axes") is { } given ? [.. given.Select(a => x.Shape.Axis((int)a))] : [.. Enumerable.Range(0, sizes.Length)];
        var (before, after) = (new int[x.Shape.Rank], new int[x.Shape.Rank]);
        for (int i = 0; i < axes.Length; i++)
        {
            int change = (int)sizes[i] - x.Shape[axes[i]];

            // What is cut or added at the start is half of it, rounded down.
            before[axes[i]] = change < 0 ? -(-change / 2) : change / 2;
            after[axes[i]] = change - before[axes[i]];
        }

        return Functions.Pad(n.Real(0), before, after, PadMode.Constant);
    }
}
