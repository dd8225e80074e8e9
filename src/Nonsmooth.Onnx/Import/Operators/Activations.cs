using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Activations, and softmax with its relatives.</summary>
internal static class Activations
{
    public static IEnumerable<OperatorRow> Rows =>
    [
        Row.Of("Relu", n => n.Any(0) is { Type.Kind: ElementKind.Index } i ? Integers.Maximum(i, Integers.Number(n.Builder, 0)) : Functions.Relu(n.Real(0))),
        Row.Of("LeakyRelu", n => Functions.LeakyRelu(n.Real(0), n.Attribute("alpha", 0.01))),
        Row.Of("PRelu", PRelu),
        Row.Of("ThresholdedRelu", n => Functions.Threshold(n.Real(0), n.Attribute("alpha", 1.0))),
        Row.Of("HardSigmoid", n => Composed.HardSigmoid(n.Real(0), n.Attribute("alpha", 0.2), n.Attribute("beta", 0.5))),
        Elementwise.One("HardSwish", Functions.Hardswish),
        Row.Of("Elu", n => Functions.Elu(n.Real(0), n.Attribute("alpha", 1.0))),
        Row.Of("Celu", n => Functions.Celu(n.Real(0), n.Attribute("alpha", 1.0))),
        Row.Of("Selu", n => Composed.Selu(n.Real(0), n.Attribute("alpha", 1.6732632423543772), n.Attribute("gamma", 1.0507009873554805))),
        Row.Of("Gelu", n => Functions.Gelu(n.Real(0), n.Text("approximate", "none") == "tanh")),
        Elementwise.One("Mish", Functions.Mish),
        Row.Of("Swish", n => n.Attribute("alpha", 1.0) is var alpha && alpha == 1 ? Functions.Silu(n.Real(0)) : n.Real(0) * Functions.Sigmoid(Functions.Scale(n.Real(0), alpha))),
        Elementwise.One("Softplus", Functions.Softplus), Elementwise.One("Softsign", Functions.Softsign), Elementwise.One("Sigmoid", Functions.Sigmoid),
        Row.Of("Shrink", n => Composed.Shrink(n.Real(0), n.Attribute("lambd", 0.5), n.Attribute("bias", 0.0))),
        Row.Of("Softmax", n => Along(n, Functions.Softmax)),
        Row.Of("LogSoftmax", n => Along(n, Functions.LogSoftmax)),
        Row.Of("Hardmax", n => Along(n, Hardmax)),
        Row.Many("Dropout", Dropout),
    ];

    // Before version 13 all axes from the given one on are one vector.
    private static Variable Along(NodeContext n, Func<Variable, int, Variable> function)
    {
        var x = n.Real(0);
        if (n.Version >= 13)
        {
            return function(x, x.Shape.Axis(n.Small("axis", -1)));
        }

        int axis = n.Small("axis", 1);
        axis = axis < 0 ? axis + x.Shape.Rank : axis;
        if (axis == x.Shape.Rank - 1)
        {
            return function(x, axis);
        }

        var flat = x.Reshape(new Shape(x.Shape[..axis].Elements, x.Shape[axis..].Elements));
        return function(flat, 1).Reshape(x.Shape);
    }

    private static Variable Hardmax(Variable x, int axis)
    {
        var largest = x.ArgMax(axis).Reshape(x.Shape.With(axis, 1));
        int size = x.Shape[axis];
        var places = x.Builder.Constant(Tensor.Generate(new Shape([size, .. Enumerable.Repeat(1, x.Shape.Rank - 1 - axis)]), i => (long)i));
        return Functions.Cast(Functions.Equal(largest, places), ElementKind.Real);
    }

    private static Variable PRelu(NodeContext n)
    {
        var x = n.Real(0);
        var slope = n.Real(1);

        // Before version 7 a vector of slopes is one a channel.
        if (n.Version < 7 && slope.Shape.Rank == 1 && slope.Shape[0] > 1 && x.Shape.Rank > 2)
        {
            slope = slope.Reshape(slope.Shape.Concat(new Shape([.. Enumerable.Repeat(1, x.Shape.Rank - 2)])));
        }

        return Functions.Prelu(x, slope);
    }

    private static IReadOnlyList<ImportValue?> Dropout(NodeContext n)
    {
        bool isTraining = n.Version < 7 ? !n.Flag("is_test") : n.Version >= 12 && n.Has(2) && n.Integer(2) != 0;
        double ratio = n.Version < 12 ? n.Attribute("ratio", 0.5) : n.Has(1) ? n.Number(1) : 0.5;
        if (isTraining && ratio != 0)
        {
            n.Note(OnnxNoteKind.Training, $"Dropout of {ratio} in training mode is left out: the program is that of inference");
        }

        return n.Wants(1) ? [n[0], n.Result(Integers.Truth(n.Builder, n.Shape(0), true))] : [n[0]];
    }
}
