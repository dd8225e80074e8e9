using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>The loss that HuggingFace's language models have of their own.</summary>
public static class CausalLoss
{
    /// <summary>What a label is that does not count.</summary>
    public const int Ignored = -100;

    /// <summary>The mean cross-entropy of each token's guess of the next one, over the labels that are not −100.</summary>
    /// <param name="logits">[N, T, vocabulary], T at least 2.</param>
    /// <param name="labels">[N, T], the tokens themselves: they are shifted here.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Variable Of(Variable logits, Variable labels)
    {
        if (logits.Shape.Rank != 3 || logits.Shape[1] < 2 || !labels.Shape.Equals(logits.Shape[..2]))
        {
            throw new ShapeException($"logits of {logits.Shape} and labels of {labels.Shape} have no loss: give N×T×vocabulary and N×T, T at least 2");
        }

        int count = logits.Shape[1] - 1, rows = logits.Shape[0] * count;
        return ClassLoss.Classes(logits.Slice(1, 0, count).Reshape(new Shape(rows, logits.Shape[2])), labels.Slice(1, 1, count + 1).Reshape(new Shape(rows)));
    }
}
