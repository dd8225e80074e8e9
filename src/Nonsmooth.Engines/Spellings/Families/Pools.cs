using static Nonsmooth.Engines.Spellings.Spelling;

namespace Nonsmooth.Engines.Spellings.Families;

/// <summary>Pooling, resizing and interpolation.</summary>
internal static class Pools
{
    public static IEnumerable<Spelling> Rows =>
    [
        Vector("max_pool2d.2", "pool_2_2", static (e, x) => e.MaxPool2d(x, 2, 2, 0), "plane"),
        Vector("max_pool2d.overlap", "pool_3_1", static (e, x) => e.MaxPool2d(x, 3, 1, 0), "plane"),
        Vector("max_pool2d.padded", "pool_3_2_p1", static (e, x) => e.MaxPool2d(x, 3, 2, 1), "plane"),
        Vector("max_pool2d.ceil", "pool_3_2_ceil", static (e, x) => e.MaxPool2dCeil(x, 3, 2), "plane"),
        Vector("max_pool2d.unfold_max", "pool_2_2", static (e, x) => e.UnfoldMax(x, 2), "plane"),
        Vector("max_pool2d.reshape_max", "pool_2_2", static (e, x) => e.ReshapeMax(x), "plane"),
        Vector("max_pool1d", "pool1_3_1", static (e, x) => e.MaxPool1d(x, 3, 1), "line"),
        Vector("adaptive_max_pool2d", "adaptive_3", static (e, x) => e.AdaptiveMaxPool2d(x, 3), "plane"),
        Vector("global_max_pool", "global_max", static (e, x) => e.GlobalMax(x), "plane"),
        Vector("avg_pool2d.padded", "avg_3_2_p1", static (e, x) => e.AvgPool2d(x, 3, 2, 1), "plane"),
        Vector("max_pool_relu", "relu_pool", static (e, x) => e.MaxPool2d(e.Relu(x), 2, 2, 0), "plane"),
        Vector("relu_max_pool", "relu_pool", static (e, x) => e.Relu(e.MaxPool2d(x, 2, 2, 0)), "plane"),
        Vector("resize.nearest", "nearest_3", static (e, x) => e.Resize(x, 3, "nearest"), "plane"),
        Vector("resize.bilinear", "bilinear_7", static (e, x) => e.Resize(x, 7, "bilinear"), "plane"),
        Vector("resize.bilinear_down", "bilinear_3", static (e, x) => e.Resize(x, 3, "bilinear"), "plane"),
        Vector("resize.bicubic", "bicubic_7", static (e, x) => e.Resize(x, 7, "bicubic"), "plane"),
        Vector("grid_sample.coordinates", "grid_sample", static (e, x) => e.GridSample(x, "bilinear", true), "place"),
        Vector("interp1d", "interp", static (e, x) => e.Interp(x, [0, 1, 2], [0, 1, -1]), "knots"),
    ];
}
