using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Cost;

/// <summary>Which values a node's backward keeps, by the published convention for autograd engines.</summary>
/// <remarks>
/// Products, convolutions, norms and smooth activations keep their input (tanh, sigmoid and exp their output), ReLU its
/// output, max-pooling its input and an index of two words an output, cross-entropy its log-probabilities, attention q,
/// k, v, its result and one word a row, dropout a mask of one byte an element. A value that several nodes keep, and views of one memory, count once. Source:
/// complexity specification, 7.5.
/// </remarks>
public static class SavedWordRule
{
    /// <summary>The values that the node keeps.</summary>
    public static IEnumerable<int> Values(Node node) => node.Function switch
    {
        Linear or Conv2d or ConvTranspose2d or BatchNorm or BatchNormInference or LayerNorm => [node.Arguments[0]],
        Attention => [.. node.Arguments, node.Results[0]],
        Unary<Relu> or Unary<Tanh> or Unary<Sigmoid> or Unary<Exp> or Softmax or LogSoftmax => [node.Results[0]],
        Unary<AddConstant> or Unary<MultiplyConstant> or Unary<Negate> or Binary<Add> or Binary<Subtract> => [],
        MaxPool2d => [node.Arguments[0]],
        IUnaryFunction => [node.Arguments[0]],
        LinearFunction or CrossEntropy or Dropout or Concatenate or Fill or Pad or Select => [],
        _ => node.Arguments,
    };

    /// <summary>Words that the node keeps beside values of the program.</summary>
    public static long Extra(Program program, Node node)
    {
        var result = program.Types[node.Results[0]].Shape;
        return node.Function switch
        {
            MaxPool2d => 2 * result.Count64,
            BatchNorm => 2 * program.Types[node.Arguments[1]].Shape.Count64,
            LayerNorm => 2 * (result.Count64 / program.Types[node.Arguments[1]].Shape.Count64),
            Attention => result.Count64 / result[^1],
            Dropout => (result.Count64 + 3) / 4,
            CrossEntropy => program.Types[node.Arguments[0]].Shape.Count64,
            _ => 0,
        };
    }
}
