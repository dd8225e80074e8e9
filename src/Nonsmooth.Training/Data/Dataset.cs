namespace Nonsmooth.Training.Data;

/// <summary>A named set of labelled examples, in a training and a test half.</summary>
public sealed class Dataset
{
    /// <summary>Joins two halves of one shape and class count.</summary>
    /// <exception cref="ArgumentException">The halves disagree with each other or with the class names.</exception>
    public Dataset(string name, IReadOnlyList<string> classNames, DataSplit train, DataSplit test)
    {
        if (train.Shape != test.Shape || train.ClassCount != classNames.Count || test.ClassCount != classNames.Count)
        {
            throw new ArgumentException(
                $"The halves of {name} have shapes {train.Shape} and {test.Shape}, {train.ClassCount} and {test.ClassCount} classes, {classNames.Count} class names; they must agree.",
                nameof(test));
        }

        (Name, ClassNames, Train, Test) = (name, classNames, train, test);
    }

    /// <summary>The name users know it by.</summary>
    public string Name { get; }

    /// <summary>The shape of every example.</summary>
    public ImageShape Shape => Train.Shape;

    /// <summary>What each class is called.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>How many classes there are.</summary>
    public int ClassCount => ClassNames.Count;

    /// <summary>The examples to learn from.</summary>
    public DataSplit Train { get; }

    /// <summary>The examples to judge by.</summary>
    public DataSplit Test { get; }
}
