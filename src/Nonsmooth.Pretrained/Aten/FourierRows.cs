using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Fourier transforms with real results, and those that only move.</summary>
internal static class FourierRows
{
    private const string _one = "self, n=None, dim=-1, norm=None";
    private const string _many = "self, s=None, dim=None, norm=None";

    public static IEnumerable<AtenOperator> Rows =>
    [
        new("fft.irfft", _one, call => ToReal(call, [call.Integer("dim")], call.Has("n") ? [call.Integer("n")] : [], false)),
        new("fft.hfft", _one, call => ToReal(call, [call.Integer("dim")], call.Has("n") ? [call.Integer("n")] : [], true)),
        new("fft.irfft2", _many, call => ToReal(call, Axes(call, 2), call.Integers("s"), false)),
        new("fft.hfft2", _many, call => ToReal(call, Axes(call, 2), call.Integers("s"), true)),
        new("fft.irfftn", _many, call => ToReal(call, Axes(call, 0), call.Integers("s"), false)),
        new("fft.hfftn", _many, call => ToReal(call, Axes(call, 0), call.Integers("s"), true)),
    ];

    // Without axes those of the sizes, counted from the last, or by default so many.
    private static int[] Axes(AtenCall call, int otherwise)
    {
        int rank = call.Tensor("self").Shape.Rank;
        int[] given = call.Integers("dim");
        int count = call.Has("s") ? call.Integers("s").Length : otherwise == 0 ? rank : otherwise;
        return given.Length > 0 ? given : [.. Enumerable.Range(rank - count, count)];
    }

    // Numbers are a half of a spectrum on the last of the axes, whole ones on the others; Hermitian transforms turn the other way.
    private static Variable ToReal(AtenCall call, int[] axes, int[] sizes, bool hermitian)
    {
        var x = call.Real("self");
        axes = [.. axes.Select(x.Shape.Axis)];
        double points = 1;
        var y = x.Reshape(x.Shape.Concat(new Shape(1)));
        for (int i = 0; i < axes.Length - 1; i++)
        {
            int n = sizes.Length > 0 && sizes[i] >= 0 ? sizes[i] : x.Shape[axes[i]];
            y = F.Dft(y, axes[i], n, inverse: !hermitian);
            points *= n;
        }

        int last = sizes.Length > 0 && sizes[^1] >= 0 ? sizes[^1] : 2 * (x.Shape[axes[^1]] - 1);
        if (hermitian && y.Shape[^1] == 2)
        {
            y = y * y.Builder.Constant(Tensor.Of(new Shape(2), [1.0, -1]));
        }

        y = F.InverseRealDft(y, axes[^1], last);
        points *= last;
        double made = hermitian ? 1.0 / last : 1 / points;
        double wanted = (call["norm"] as string ?? "backward") switch
        {
            "backward" => hermitian ? 1 : 1 / points,
            "ortho" => 1 / Math.Sqrt(points),
            "forward" => hermitian ? 1 / points : 1,
            var norm => throw call.Lacks($"no norm {norm}"),
        };
        y = y.Reshape(y.Shape[..^1]);
        return wanted == made ? y : F.Scale(y, wanted / made);
    }
}
