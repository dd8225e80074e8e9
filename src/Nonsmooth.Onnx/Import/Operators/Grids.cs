using Nonsmooth.Dictionary;

namespace Nonsmooth.Onnx.Import;

/// <summary>Reading at places that are computed.</summary>
internal static class Grids
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Of("GridSample", n => Functions.GridSample(n.Real(0), n.Real(1), Mode(n), Padding(n), n.Flag("align_corners")), 16),
        Row.Of("AffineGrid", n => Functions.AffineGrid(n.Real(0), (int[])[.. n.Integers(1).Skip(2).Select(s => (int)s)], n.Flag("align_corners")), 20),
    ];

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
