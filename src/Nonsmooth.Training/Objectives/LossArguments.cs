using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.Objectives;

/// <summary>What a loss is a program of.</summary>
/// <param name="Outputs">What the model makes: a batch, then the axes of one.</param>
/// <param name="Fields">Every field of the examples, likewise; targets among them.</param>
public sealed record LossArguments(NamedVariables Outputs, NamedVariables Fields)
{
    /// <summary>An output and the field of real numbers it is compared with, which must have one shape.</summary>
    /// <param name="loss">The loss that asks, for complaints.</param>
    /// <param name="target">The field.</param>
    /// <param name="output">The output; null for the only one.</param>
    /// <exception cref="ShapeException">The shapes differ or a kind is not real: the message names both.</exception>
    public (Variable Output, Variable Target) Pair(string loss, string target, string? output)
    {
        var (name, value) = Outputs.Named(output);
        var field = Fields[target];
        return value.Type == field.Type && field.Type.Kind == ElementKind.Real
            ? (value, field)
            : throw new ShapeException($"loss '{loss}' compares numbers of one shape: output '{name}' is {value.Type}, field '{target}' is {field.Type}");
    }

    /// <summary>An output of a number a class, as rows, and the classes that are right, one a row.</summary>
    /// <param name="loss">The loss that asks, for complaints.</param>
    /// <param name="target">The field of class indices.</param>
    /// <param name="output">The output; null for the only one.</param>
    /// <param name="axis">The axis of the output along which classes lie; negative from the end.</param>
    /// <returns>[rows, classes] and [rows].</returns>
    /// <exception cref="ShapeException">The output's other axes are not the target's, or a kind is wrong: the message names both.</exception>
    public (Variable Scores, Variable Target) Classes(string loss, string target, string? output, int axis)
    {
        var (name, value) = Outputs.Named(output);
        var field = Fields[target];
        int at = value.Shape.Axis(axis);
        if (value.Type.Kind != ElementKind.Real || field.Type != TensorType.Index(value.Shape[..at].Concat(value.Shape[(at + 1)..])))
        {
            throw new ShapeException(
                $"loss '{loss}' takes a number a class along axis {at} and the index of the right one: output '{name}' is {value.Type}, field '{target}' is {field.Type}");
        }

        int rows = field.Shape.Elements;
        if (at != value.Shape.Rank - 1)
        {
            value = value.Transpose([.. Enumerable.Range(0, value.Shape.Rank).Where(a => a != at), at]);
        }

        return (value.Reshape(new Shape(rows, value.Shape[^1])), field.Reshape(new Shape(rows)));
    }
}
