using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Convolutions.</summary>
internal static class ConvolutionRows
{
    public static IEnumerable<AtenOperator> Rows =>
    [
        new("conv2d", "input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1", call =>
            Shapes.Batched(call.Real("input"), 4, x => F.Conv2d(
                x, call.Real("weight"), call.RealOrNone("bias"), Shapes.Pair(call, "stride"), Shapes.Pair(call, "padding"), Shapes.Pair(call, "dilation"), call.Integer("groups")))),
        new("conv_transpose2d", "input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1", call =>
            Shapes.Batched(call.Real("input"), 4, x => F.ConvTranspose2d(
                x, call.Real("weight"), call.RealOrNone("bias"), Shapes.Pair(call, "stride"), Shapes.Pair(call, "padding"), Shapes.Pair(call, "output_padding"), Shapes.Pair(call, "dilation"), call.Integer("groups")))),
    ];
}
