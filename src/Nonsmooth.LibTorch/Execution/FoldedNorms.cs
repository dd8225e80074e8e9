using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>Convolutions of fixed weights that carry what follows them: a norm by given statistics, a factor, a summand.</summary>
/// <remarks>The value is the same up to rounding: what was a pass over the images is a pass over the weights, once.</remarks>
internal static class FoldedNorms
{
    /// <summary>The program with such convolutions; itself where there is none.</summary>
    public static Program Of(Program program, IReadOnlyCollection<string> names)
    {
        if (names.Count == 0)
        {
            return program;
        }

        var isFixed = FixedValues.Of(program, names);
        var alone = ReadOnce(program);
        var convolutions = new Dictionary<int, (Conv2d Function, IReadOnlyList<Variable> Arguments)>();
        var folded = program.Rewrite((node, arguments) =>
        {
            if (node.Function is Conv2d plain && node.Arguments.Skip(1).All(a => isFixed[a]))
            {
                convolutions.Add(node.Results[0], (plain, arguments));
                return null;
            }

            if (node.Arguments.Length == 0 || !alone[node.Arguments[0]] || !convolutions.TryGetValue(node.Arguments[0], out var before)
                || !node.Arguments.Skip(1).All(a => isFixed[a]) || Folded(node.Function, before.Arguments, arguments) is not { } carried)
            {
                return null;
            }

            convolutions.Add(node.Results[0], (before.Function, carried));
            return [arguments[0].Builder.Apply(before.Function, [.. carried])];
        });
        return folded.Prune();
    }

    // x, weight and bias of the convolution that does both; null where it cannot.
    private static IReadOnlyList<Variable>? Folded(ElementaryFunction function, IReadOnlyList<Variable> convolution, IReadOnlyList<Variable> arguments)
    {
        var (x, weight, bias) = (convolution[0], convolution[1], convolution.Count > 2 ? convolution[2] : null);
        switch (function)
        {
            case BatchNormInference norm:
                var scale = Functions.Rsqrt(arguments[4] + norm.Epsilon) * arguments[1];
                var from = bias is null ? -arguments[3] : bias - arguments[3];
                return [x, weight * scale.Reshape(new Shape(weight.Shape[0], 1, 1, 1)), (from * scale) + arguments[2]];
            case Unary<MultiplyConstant> { Rule.Constant: var factor }:
                return bias is null ? [x, weight * factor] : [x, weight * factor, bias * factor];
            case Unary<AddConstant> { Rule.Constant: var summand } when bias is not null:
                return [x, weight, bias + summand];
            default:
                return null;
        }
    }

    private static bool[] ReadOnce(Program program)
    {
        var reads = new int[program.Types.Count];
        foreach (int value in program.Nodes.SelectMany(n => n.Arguments).Concat(program.Outputs.SelectMany(o => new[] { o.Value, o.Value })))
        {
            reads[value]++;
        }

        return [.. reads.Select(r => r == 1)];
    }
}
