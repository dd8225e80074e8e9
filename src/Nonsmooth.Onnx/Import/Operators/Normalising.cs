using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Normalisations.</summary>
internal static class Normalising
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Many("BatchNormalization", BatchNorm),
        Row.Many("LayerNormalization", n => LayerNorm(n, n.Real(0), n.Small("axis", -1), n.Real(1), n.Has(2) ? n.Real(2) : null)),
        Row.Of("RMSNormalization", n => Rms(n.Real(0), n.Real(1), n.Small("axis", -1), n.Attribute("epsilon", 1e-5))),
        Row.Of("SimplifiedLayerNormalization", n => Rms(n.Real(0), n.Real(1), n.Small("axis", -1), n.Attribute("epsilon", 1e-5))),
        Row.Of("InstanceNormalization", n => Channels(n.Real(0), n.Shape(0)[1], n.Real(1), n.Real(2), n.Attribute("epsilon", 1e-5))),
        Row.Of("GroupNormalization", GroupNorm),
        Row.Of("MeanVarianceNormalization", MeanVariance),
        Row.Of("LpNormalization", LpNorm),
        Row.Of("LRN", Lrn),
    ];

    private static IReadOnlyList<ImportValue?> BatchNorm(NodeContext n)
    {
        var x = n.Real(0);
        bool isTraining = n.Version < 7 ? n.HasAttribute("is_test") && !n.Flag("is_test") : n.Version >= 14 ? n.Flag("training_mode") : n.Wants(3) || n.Wants(4);
        if (n.Version is >= 7 and < 9 && !n.Flag("spatial", true))
        {
            throw new Refusal("it normalises each position by itself (spatial=0), which is not supported");
        }

        double epsilon = n.Attribute("epsilon", 1e-5);
        var (scale, bias) = (n.Real(1), n.Real(2));
        if (!isTraining)
        {
            n.Note(OnnxNoteKind.FrozenBatchNorm, "batch norm on statistics that are held fixed, as the file has it: fine-tuning trains its scale and bias only");
            var y = x.Shape.Rank >= 2 ? Functions.BatchNormInference(x, scale, bias, n.Buffer(3), n.Buffer(4), epsilon) : throw new OnnxException($"{x.Shape} has no axis of channels");
            return [n.Result(y)];
        }

        var results = n.Builder.ApplyAll(new BatchNorm(epsilon), x, scale, bias);
        double momentum = n.Attribute("momentum", 0.9);
        int[] others = [.. Enumerable.Range(0, x.Shape.Rank).Where(a => a != 1)];
        var mean = n.Wants(1) || n.Wants(3) ? x.Mean(false, others) : null;
        var variance = mean is null ? null : Functions.Square(x - mean.Reshape(new Shape([x.Shape[1], .. Enumerable.Repeat(1, x.Shape.Rank - 2)]))).Mean(false, others);
        ImportValue? Running(int argument, Variable? now) => now is null ? null : new Traced((n.Buffer(argument) * momentum) + (now * (1 - momentum)), n[argument].Stored);
        return [n.Result(results[0]), n.Wants(1) ? Running(3, mean) : null, n.Wants(2) ? Running(4, variance) : null, n.Wants(3) ? n.Result(mean!) : null, n.Wants(4) ? n.Result(variance!) : null];
    }

    /// <summary>Layer norm over the axes from a given one on; its mean and 1/√(variance + ε) where they are wanted.</summary>
    public static IReadOnlyList<ImportValue?> LayerNorm(NodeContext n, Variable x, int axis, Variable weight, Variable? bias)
    {
        axis = x.Shape.Axis(axis);
        var inner = x.Shape[axis..];
        weight = Fit(weight, inner);
        bias = bias is null ? n.Builder.Apply(new Fill(inner, 0)) : Fit(bias, inner);
        var results = n.Builder.ApplyAll(new LayerNorm(n.Attribute("epsilon", 1e-5)), x, weight, bias);
        return [n.Result(results[0]), n.Wants(1) ? n.Result(results[1]) : null, n.Wants(2) ? n.Result(results[2]) : null];
    }

    private static Variable Fit(Variable v, Shape shape) => v.Shape.Equals(shape) ? v
        : v.Shape.Count64 == shape.Count64 ? v.Reshape(shape)
        : v.Shape.Rank > shape.Rank ? v.Reshape(v.Shape[^shape.Rank..]) : Broadcasting.To(v, shape);

    /// <summary>x/√(mean of squares + ε) over the axes from a given one on, times a weight.</summary>
    public static Variable Rms(Variable x, Variable weight, int axis, double epsilon)
    {
        axis = x.Shape.Axis(axis);
        var mean = Functions.Square(x).Mean(true, [.. Enumerable.Range(axis, x.Shape.Rank - axis)]);
        return x * Functions.Rsqrt(mean + epsilon) * weight;
    }

    /// <summary>Each group of channels of each example normalised; weight and bias one a channel.</summary>
    private static Variable Channels(Variable x, int groups, Variable weight, Variable bias, double epsilon)
    {
        var whole = Grouped(x, groups, epsilon);
        var shape = new Shape([x.Shape[1], .. Enumerable.Repeat(1, x.Shape.Rank - 2)]);
        return (whole * weight.Reshape(shape)) + bias.Reshape(shape);
    }

    private static Variable Grouped(Variable x, int groups, double epsilon)
    {
        if (groups < 1 || x.Shape[1] % groups != 0)
        {
            throw new OnnxException($"{x.Shape[1]} channels are not {groups} groups of one size");
        }

        int each = (int)(x.Shape.Count64 / Math.Max(1, x.Shape[0]) / groups);
        var rows = x.Reshape(new Shape(x.Shape[0], groups, each));
        var ones = x.Builder.Apply(new Fill(new Shape(each), 1));
        var zeros = x.Builder.Apply(new Fill(new Shape(each), 0));
        return Functions.LayerNorm(rows, ones, zeros, epsilon).Reshape(x.Shape);
    }

    private static Variable GroupNorm(NodeContext n)
    {
        var x = n.Real(0);
        int groups = n.Small("num_groups", 1);
        double epsilon = n.Attribute("epsilon", 1e-5);
        var (weight, bias) = (n.Real(1), n.Real(2));
        if (n.Version >= 21)
        {
            return Channels(x, groups, weight, bias, epsilon);
        }

        // Until version 20 scale and bias are one a group.
        var y = Grouped(x, groups, epsilon).Reshape(new Shape(x.Shape[0], groups, (int)(x.Shape.Count64 / x.Shape[0] / groups)));
        return ((y * weight.Reshape(new Shape(groups, 1))) + bias.Reshape(new Shape(groups, 1))).Reshape(x.Shape);
    }

    private static Variable MeanVariance(NodeContext n)
    {
        var x = n.Real(0);
        int[] axes = Reducing.Axes(x.Shape, n.Many("axes") ?? [0, 2, 3]);
        var centred = x - x.Mean(true, axes);
        return centred / (Functions.Sqrt(Functions.Square(centred).Mean(true, axes)) + 1e-9);
    }

    private static Variable LpNorm(NodeContext n)
    {
        var x = n.Real(0);
        int axis = x.Shape.Axis(n.Small("axis", -1));
        var norm = x.Norm(n.Attribute("p", 2), true, axis);

        // Where all is 0 the result is 0.
        return Functions.Where(Functions.Equal(norm, 0), 0, x / Functions.Where(Functions.Equal(norm, 0), 1, norm));
    }

    private static Variable Lrn(NodeContext n)
    {
        var x = n.Real(0);
        int size = n.Small("size", 1);
        var (alpha, beta, bias) = (n.Attribute("alpha", 1e-4), n.Attribute("beta", 0.75), n.Attribute("bias", 1.0));
        int channels = x.Shape[1];
        var sums = Functions.Square(x).Along(1, AxisMap.Of(channels, Enumerable.Range(0, channels).Select(c => Enumerable.Range(c - ((size - 1) / 2), size).Where(k => k >= 0 && k < channels).Select(k => (k, 1.0)))));
        return x * Functions.Pow((sums * (alpha / size)) + bias, -beta);
    }
}
