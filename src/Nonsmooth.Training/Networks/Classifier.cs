using Nonsmooth.Data;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Objectives;

namespace Nonsmooth.Training.Networks;

/// <summary>Makes models that tell classes apart: field <c>x</c> to output <c>logits</c>, cross-entropy with field <c>target</c>, accuracy.</summary>
public static class Classifier
{
    /// <summary>The name of its output.</summary>
    public const string Logits = "logits";

    /// <summary>A classifier of images, or of plain vectors of features.</summary>
    /// <param name="name">What users call it.</param>
    /// <param name="shape">The shape of one image.</param>
    /// <param name="classes">How many logits an image gets.</param>
    /// <param name="forward">From the builder and x [N, C, H, W] to logits [N, classes].</param>
    public static Model Of(string name, ImageShape shape, int classes, Func<NetworkBuilder, Variable, Variable> forward) =>
        Of(name, FieldList.Images(shape, classes), classes, forward);

    /// <summary>A classifier of the token that follows each of a run of tokens.</summary>
    /// <param name="name">What users call it.</param>
    /// <param name="tokens">The length of a run, T.</param>
    /// <param name="vocabulary">How many kinds of tokens there are.</param>
    /// <param name="forward">From the builder and x, indices [N, T], to logits [N, T, vocabulary].</param>
    public static Model OfText(string name, int tokens, int vocabulary, Func<NetworkBuilder, Variable, Variable> forward) =>
        Of(name, FieldList.Text(tokens, vocabulary), vocabulary, forward);

    private static Model Of(string name, FieldList examples, int classes, Func<NetworkBuilder, Variable, Variable> forward) => new(name)
    {
        Examples = examples,
        Forward = (network, fields) =>
        {
            var x = fields[FieldList.X];
            var logits = forward(network, x);
            var expected = examples.Targets.First().Batch(x.Shape[0]).Shape.Concat(new Shape(classes));
            return logits.Shape.Equals(expected)
                ? [(Logits, logits)]
                : throw new ShapeException($"network '{name}' makes {logits.Shape} of {x.Shape[0]} examples: it must make {expected}");
        },
        Loss = Losses.CrossEntropy(FieldList.Target),
        Metrics = [Objectives.Metrics.Accuracy(FieldList.Target)],
    };
}
