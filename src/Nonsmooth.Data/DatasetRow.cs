namespace Nonsmooth.Data;

/// <summary>One line of the table of data sets.</summary>
/// <param name="Name">What users call it.</param>
/// <param name="Description">What it is, in one line.</param>
/// <param name="NeedsFiles">Whether its files must be found on disk.</param>
/// <param name="Load">Loads or makes it; a <see cref="NonsmoothException"/> says what is missing or wrong.</param>
public sealed record DatasetRow(string Name, string Description, bool NeedsFiles, Func<DatasetOptions, Dataset> Load)
{
    /// <summary>Whether it has images of any size, which are scaled to <see cref="DatasetOptions.ImageSize"/>. Default false.</summary>
    public bool AnySize { get; init; }

    /// <summary>What an example is, where that is known without loading; of a text, of as many tokens as an example usually has. Default null.</summary>
    internal FieldList? Fields { get; init; }

    /// <summary>A row of data of your own, made when they are first asked for and then kept.</summary>
    /// <param name="name">What users call it.</param>
    /// <param name="description">What it is, in one line.</param>
    /// <param name="train">The examples to learn from.</param>
    /// <param name="test">The examples to judge by, of the same fields.</param>
    public static DatasetRow Of(string name, string description, Func<IExamples> train, Func<IExamples> test)
    {
        var made = new Lazy<Dataset>(() => new Dataset(name, train(), test()));
        return new DatasetRow(name, description, false, options => Some(made.Value, options));
    }

    /// <summary>The first examples of each half, as many as are asked for.</summary>
    internal static Dataset Some(Dataset data, DatasetOptions options) => new(
        data.Name,
        data.ClassNames,
        ((ExamplesSplit)data.Train).First(SplitCount.Stored(data.Name, "train", options.TrainCount, data.Train.Count)),
        ((ExamplesSplit)data.Test).First(SplitCount.Stored(data.Name, "test", options.TestCount, data.Test.Count)));
}
