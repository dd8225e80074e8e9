
namespace Nonsmooth.Data;

/// <summary>A named set of examples with their targets, in a training and a test half.</summary>
public sealed class Dataset
{
    /// <summary>Joins two halves of one kind of examples and class count.</summary>
    /// <exception cref="ArgumentException">The halves disagree with each other or with the class names.</exception>
    public Dataset(string name, IReadOnlyList<string> classNames, DataSplit train, DataSplit test)
    {
        if (!train.Examples.Equals(test.Examples) || train.ClassCount != classNames.Count)
        {
            throw new ArgumentException(
                $"The halves of {name} have examples of {train.Examples} and {test.Examples}, {train.ClassCount} and {test.ClassCount} classes, {classNames.Count} class names; they must agree.",
                nameof(test));
        }

        (Name, ClassNames, Train, Test) = (name, classNames, train, test);
    }

    /// <summary>Data of your own.</summary>
    /// <param name="name">The name users know it by.</param>
    /// <param name="train">The examples to learn from.</param>
    /// <param name="test">The examples to judge by, of the same fields.</param>
    /// <exception cref="NonsmoothException">The halves have other fields.</exception>
    public Dataset(string name, IExamples train, IExamples test)
        : this(name, Alike(name, train, test), new ExamplesSplit(train), new ExamplesSplit(test))
    {
    }

    /// <summary>The name users know it by.</summary>
    public string Name { get; }

    /// <summary>What every example is.</summary>
    public FieldList Examples => Train.Examples;

    /// <summary>The shape of every image.</summary>
    /// <exception cref="NonsmoothException">The examples are no images.</exception>
    public ImageShape Shape => Train.Shape;

    /// <summary>What each class is called; of a text, each token.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>How many classes there are.</summary>
    public int ClassCount => ClassNames.Count;

    /// <summary>The examples to learn from.</summary>
    public DataSplit Train { get; }

    /// <summary>The examples to judge by.</summary>
    public DataSplit Test { get; }

    /// <summary>The same with each training image drawn anew in every epoch.</summary>
    /// <exception cref="NonsmoothException">The examples are no images, or the padding is out of range.</exception>
    public Dataset Augment(Augmentation how) => how == Augmentation.None
        ? this
        : new Dataset(Name, ClassNames, new AugmentedSplit(Train, how), Test);

    private static string[] Alike(string name, IExamples train, IExamples test) => train.Fields.Equals(test.Fields)
        ? [.. Enumerable.Range(0, train.Fields.Classes ?? 0).Select(c => $"class {c}")]
        : throw new NonsmoothException($"the halves of data set '{name}' differ: to train {train.Fields}, to test {test.Fields}; give both the same fields");
}
