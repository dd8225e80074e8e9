using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Pooling.</summary>
internal static class PoolingRows
{
    public static IEnumerable<AtenOperator> Rows =>
    [
        new("max_pool2d", "self, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False", call => call.Flag("return_indices")
            ? throw call.Lacks("no indices")
            : Shapes.Batched(call.Real("self"), 4, x => F.MaxPool2d(
                x, Shapes.Pair(call, "kernel_size")!.Value, Shapes.Pair(call, "stride"), Shapes.Pair(call, "padding"), Shapes.Pair(call, "dilation"), call.Flag("ceil_mode")))),
        new("avg_pool2d", "self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None", call => call.Has("divisor_override")
            ? throw call.Lacks("no divisor")
            : Shapes.Batched(call.Real("self"), 4, x => F.AvgPool2d(
                x, Shapes.Pair(call, "kernel_size")!.Value, Shapes.Pair(call, "stride"), Shapes.Pair(call, "padding"), call.Flag("count_include_pad"), call.Flag("ceil_mode")))),
        new("adaptive_avg_pool2d", "self, output_size", call => Shapes.Batched(call.Real("self"), 4, x => F.AdaptiveAvgPool2d(x, Sizes(call, x)))),
    ];

    private static Pair Sizes(AtenCall call, Variable x) => call["output_size"] switch
    {
        IReadOnlyList<object?> and [var rows, var columns] => ((int)((rows as long?) ?? x.Shape[2]), (int)((columns as long?) ?? x.Shape[3])),
        _ => call.Integer("output_size"),
    };
}
