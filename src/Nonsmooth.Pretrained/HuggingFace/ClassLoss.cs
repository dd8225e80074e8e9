using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>The losses that HuggingFace's classifiers have of their own.</summary>
public static class ClassLoss
{
    /// <summary>
    /// By the kind of the labels: the mean cross-entropy of classes over the labels that are not −100; of one output, or where the configuration says so, the mean squared
    /// error; of real labels otherwise, the mean of the binary cross-entropies.
    /// </summary>
    /// <param name="config">Its <c>problem_type</c> is heeded.</param>
    /// <param name="logits">[…, classes].</param>
    /// <param name="labels">[…] classes, or numbers of the logits' shape; of one output also […].</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Variable Of(FolderConfig config, Variable logits, Variable labels)
    {
        int classes = logits.Shape[^1], rows = logits.Shape.Elements / classes;
        return (config.TextOrNull("problem_type") ?? (classes == 1 ? "regression" : labels.Type.Kind == ElementKind.Real ? "multi_label_classification" : "single_label_classification")) switch
        {
            "regression" => Functions.Square(logits.Reshape(new Shape(rows * classes)) - Numbers(rows * classes)).Mean(),
            "multi_label_classification" => Functions.LogisticLoss(logits.Reshape(new Shape(rows * classes)), Numbers(rows * classes)).Mean(),
            "single_label_classification" => Classes(logits.Reshape(new Shape(rows, classes)), Labels(rows)),
            var other => throw new FolderException($"config.json has a problem_type '{other}', which is none of regression, single_label_classification and multi_label_classification"),
        };

        Variable Numbers(int count) => Functions.Cast(Labels(count), ElementKind.Real);
        Variable Labels(int count) => labels.Shape.Elements == count ? labels.Reshape(new Shape(count))
            : throw new ShapeException($"logits of {logits.Shape} and labels of {labels.Shape} have no loss: give {count} labels");
    }

    /// <summary>The mean cross-entropy over the labels that are not −100.</summary>
    /// <param name="logits">[N, classes].</param>
    /// <param name="labels">[N].</param>
    public static Variable Classes(Variable logits, Variable labels)
    {
        var (terms, weights) = Likelihoods.CrossEntropy(logits, labels, null, CausalLoss.Ignored, 0);
        return Functions.Divide(terms.Sum(), weights.Sum());
    }
}
