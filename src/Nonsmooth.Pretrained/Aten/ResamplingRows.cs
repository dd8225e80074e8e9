using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Interpolation of axes.</summary>
internal static class ResamplingRows
{
    private static readonly Resizing _nearest = new() { Mode = ResizeMode.Nearest, Coordinates = ResizeCoordinates.Asymmetric, Rounding = NearestRounding.Floor };
    private static readonly Resizing _exact = new() { Mode = ResizeMode.Nearest, Rounding = NearestRounding.PreferCeil };

    public static IEnumerable<AtenOperator> Rows =>
    [
        new("nn.functional.interpolate", "self, size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None, antialias=False", call =>
            Interpolated(call, call.Text("mode"), call.Flag("align_corners"), call.Flag("antialias"))),
        new("nn.functional.upsample_bilinear", "self, size=None, scale_factor=None", call => Interpolated(call, "bilinear", true, false)),
        new("nn.functional.upsample_nearest", "self, size=None, scale_factor=None", call => Interpolated(call, "nearest", false, false)),
        .. Enumerable.Range(1, 3).SelectMany(axes => (IEnumerable<AtenOperator>)
        [
            new($"upsample_nearest{axes}d", $"self, output_size, {Scales(axes)}", call => Sized(call, axes, "nearest", false)),
            new($"_upsample_nearest_exact{axes}d", $"self, output_size, {Scales(axes)}", call => Sized(call, axes, "nearest-exact", false)),
        ]),
        .. Enumerable.Range(1, 3).SelectMany(axes => (IEnumerable<AtenOperator>)
        [
            new($"upsample_nearest{axes}d.vec", "self, size=None, scale_factor=None", call => Interpolated(call, "nearest", false, false)),
            new($"_upsample_nearest_exact{axes}d.vec", "self, size=None, scale_factor=None", call => Interpolated(call, "nearest-exact", false, false)),
        ]),
        .. Vectors("upsample_linear1d", "linear", false), .. Vectors("upsample_bilinear2d", "bilinear", false), .. Vectors("upsample_trilinear3d", "trilinear", false),
        .. Vectors("upsample_bicubic2d", "bicubic", false), .. Vectors("_upsample_bilinear2d_aa", "bilinear", true), .. Vectors("_upsample_bicubic2d_aa", "bicubic", true),
        new("upsample_linear1d", $"self, output_size, align_corners, {Scales(1)}", call => Sized(call, 1, "linear", false)),
        new("upsample_bilinear2d", $"self, output_size, align_corners, {Scales(2)}", call => Sized(call, 2, "bilinear", false)),
        new("upsample_trilinear3d", $"self, output_size, align_corners, {Scales(3)}", call => Sized(call, 3, "trilinear", false)),
        new("upsample_bicubic2d", $"self, output_size, align_corners, {Scales(2)}", call => Sized(call, 2, "bicubic", false)),
        new("_upsample_bilinear2d_aa", $"self, output_size, align_corners, {Scales(2)}", call => Sized(call, 2, "bilinear", true)),
        new("grid_sampler_2d", "self, grid, interpolation_mode, padding_mode, align_corners", Gridded),
        new("grid_sampler_3d", "self, grid, interpolation_mode, padding_mode, align_corners", Gridded),
        new("grid_sampler", "self, grid, interpolation_mode, padding_mode, align_corners", Gridded),
        new("affine_grid_generator", "theta, size, align_corners", call => F.AffineGrid(call.Real("theta"), call.Integers("size")[2..], call.Flag("align_corners"))),
        new("_upsample_bicubic2d_aa", $"self, output_size, align_corners, {Scales(2)}", call => Sized(call, 2, "bicubic", true)),
    ];

    private static IEnumerable<AtenOperator> Vectors(string name, string mode, bool antialias) =>
        [new($"{name}.vec", "self, size, align_corners, scale_factor=None", call => Interpolated(call, mode, call.Flag("align_corners"), antialias))];

    private static Variable Gridded(AtenCall call) => F.GridSample(
        call.Real("self"), call.Real("grid"), (GridMode)call.Integer("interpolation_mode"), (GridPadding)call.Integer("padding_mode"), call.Flag("align_corners"));

    private static string Scales(int axes) => axes switch
    {
        1 => "scales=None",
        2 => "scales_h=None, scales_w=None",
        _ => "scales_d=None, scales_h=None, scales_w=None",
    };

    private static Variable Interpolated(AtenCall call, string mode, bool align, bool antialias)
    {
        var x = call.Real("self");
        int axes = x.Shape.Rank - 2;
        double[] factors = call["scale_factor"] switch
        {
            null => [],
            IReadOnlyList<object?> list => [.. list.Select(f => f is long l ? l : f as double? ?? throw call.Lacks("numbers for scale_factor"))],
            _ => [.. Enumerable.Repeat(call.Number("scale_factor"), axes)],
        };
        bool given = factors.Length > 0;
        int[] sizes = given
            ? [.. factors.Select((f, i) => (int)Math.Floor(x.Shape[2 + i] * f))]
            : call.Integers("size") is [int one] ? [.. Enumerable.Repeat(one, axes)] : call.Integers("size");
        return Resized(call, x, mode, align, antialias, sizes, given && !(call.Knows("recompute_scale_factor") && call.Flag("recompute_scale_factor")) ? factors : null);
    }

    private static Variable Sized(AtenCall call, int axes, string mode, bool antialias)
    {
        string[] names = axes switch
        {
            1 => ["scales"],
            2 => ["scales_h", "scales_w"],
            _ => ["scales_d", "scales_h", "scales_w"],
        };
        double[]? scales = Array.TrueForAll(names, call.Has) ? [.. names.Select(call.Number)] : null;
        return Resized(call, call.Real("self"), mode, call.Knows("align_corners") && call.Flag("align_corners"), antialias, call.Integers("output_size"), scales);
    }

    private static Variable Resized(AtenCall call, Variable x, string mode, bool align, bool antialias, int[] sizes, double[]? scales)
    {
        int[] axes = [.. Enumerable.Range(2, sizes.Length)];
        if (mode == "area")
        {
            return F.AdaptiveAvgPool(x, sizes);
        }

        var resizing = mode switch
        {
            "nearest" => _nearest,
            "nearest-exact" => _exact,
            "linear" or "bilinear" or "trilinear" => new Resizing(),
            "bicubic" => new Resizing { Mode = ResizeMode.Cubic, CubicCoefficient = antialias ? -0.5 : -0.75 },
            _ => throw call.Lacks($"no mode {mode}"),
        };
        if (antialias)
        {
            // Half pixels also where corners are aligned: these change the scale only.
            scales = align ? [.. sizes.Select((size, i) => size > 1 ? (size - 1.0) / (x.Shape[2 + i] - 1) : double.PositiveInfinity)] : scales;
            return F.Resize(x, axes, sizes, resizing with { Antialias = true, ExcludeOutside = true }, scales);
        }

        return align && mode is not ("nearest" or "nearest-exact")
            ? F.Resize(x, axes, sizes, resizing with { Coordinates = ResizeCoordinates.AlignCorners })
            : F.Resize(x, axes, sizes, resizing, scales);
    }
}
