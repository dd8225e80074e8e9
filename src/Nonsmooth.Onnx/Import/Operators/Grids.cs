using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Onnx.Import;

/// <summary>Reading at places that are computed.</summary>
internal static class Grids
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Of("GridSample", n => Functions.GridSample(n.Real(0), n.Real(1), Mode(n), Padding(n), n.Flag("align_corners")), 16),
        Row.Of("AffineGrid", n => Functions.AffineGrid(n.Real(0), (int[])[.. n.Integers(1).Skip(2).Select(s => (int)s)], n.Flag("align_corners")), 20),
        Row.Of("RoiAlign", RoiAlign, 10),
    ];

    private static Variable RoiAlign(NodeContext n)
    {
        int sampling = n.Small("sampling_ratio", 0);
        bool halfPixel = n.Text("coordinate_transformation_mode", n.Version < 16 ? "output_half_pixel" : "half_pixel") == "half_pixel";
        return sampling > 0
            ? Functions.RoiAlign(
                n.Real(0), n.Real(1), n.Any(2), (n.Small("output_height", 1), n.Small("output_width", 1)), sampling, n.Attribute("spatial_scale", 1.0), halfPixel, n.Text("mode", "avg") == "max")
            : throw new Refusal("how many places it reads depends on data (sampling_ratio=0), which is not supported: give a number");
    }

    private static GridMode Mode(NodeContext n) => n.Text("mode", n.Version < 20 ? "bilinear" : "linear") switch
    {
        "bilinear" or "linear" => GridMode.Linear,
        "nearest" => GridMode.Nearest,
        "bicubic" or "cubic" => GridMode.Cubic,
        var other => throw new Refusal($"its mode '{other}' is not known"),
    };

    private static GridPadding Padding(NodeContext n) => n.Text("padding_mode", "zeros") switch
    {
        "zeros" => GridPadding.Zeros,
        "border" => GridPadding.Border,
        "reflection" => GridPadding.Reflection,
        var other => throw new Refusal($"its padding '{other}' is not known"),
    };
}
