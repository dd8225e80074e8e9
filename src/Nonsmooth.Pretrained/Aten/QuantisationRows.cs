using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Rounding to quantised values, which gradients pass inside of the range: a surrogate.</summary>
internal static class QuantisationRows
{
    private const string _range = "quant_min, quant_max";

    public static IEnumerable<AtenOperator> Rows =>
    [
        new("fake_quantize_per_tensor_affine", $"self, scale, zero_point, {_range}", call => Quantised(call, call.Real("scale"), call.Real("zero_point"))),
        new("fake_quantize_per_channel_affine", $"self, scale, zero_point, axis, {_range}", call =>
        {
            var x = call.Real("self");
            int axis = x.Shape.Axis(call.Integer("axis"));
            var channels = new Shape([.. x.Shape.Select((size, a) => a == axis ? size : 1)]);
            return Quantised(call, call.Real("scale").Reshape(channels), call.Real("zero_point").Reshape(channels));
        }),
    ];

    // What is rounded is held fixed; what passes is x itself, where its code lies in the range. The difference of x and its fixed self is 0.
    private static Variable Quantised(AtenCall call, Variable scale, Variable zero)
    {
        var x = call.Real("self");
        var (least, most) = (call.Number("quant_min"), call.Number("quant_max"));
        var (still, step) = (Fixed(x), Fixed(scale));
        var code = F.Add(F.Round(F.Multiply(still, F.Reciprocal(step))), zero);
        var isInside = F.And(F.GreaterEqual(code, least), F.LessEqual(code, most));
        var quantised = F.Multiply(F.Subtract(F.Clamp(code, least, most), zero), step);
        return F.Add(quantised, F.Where(isInside, F.Subtract(x, still), 0.0));
    }

    private static Variable Fixed(Variable x) => x.Builder.Apply(new Unary<Detach>(default), x);
}
