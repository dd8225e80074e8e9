namespace Nonsmooth.Training.Data;

/// <summary>The table of data sets: one row each.</summary>
public static class Datasets
{
    /// <summary>Every data set.</summary>
    public static IReadOnlyList<DatasetRow> All { get; } =
    [
        new("strokes", "Handwritten-like digits drawn by a seeded generator, 1x28x28, 10 classes", false, Strokes.Load),
        new("blobs", "Gaussian clouds in any number of dimensions and classes, seeded", false, Blobs.Load),
        new("mnist", "Handwritten digits, 1x28x28, 60,000 to train and 10,000 to test, from IDX files", true, Mnist.Load),
        new(Cifar10.Name, "Photographs of ten kinds of things, 3x32x32, 50,000 to train and 10,000 to test, from binary or image files", true, Cifar10.Load),
        new(Shakespeare.ByCharacter, "Shakespeare by characters: 1,115,394 of 65 kinds, nine tenths to train, from a text file", true, Shakespeare.Characters),
        new(Shakespeare.ByPair, "Shakespeare in GPT-2's byte pairs: 338,025 of 50,257 kinds, nine tenths to train, from a text file", true, Shakespeare.Pairs),
        new(E2e.Name, "Descriptions of restaurants from what they shall say, in GPT-2's byte pairs, from text files", true, E2e.Load),
    ];

    /// <summary>The row of a name.</summary>
    /// <exception cref="NonsmoothException">There is no such data set.</exception>
    public static DatasetRow Find(string name) =>
        All.FirstOrDefault(row => row.Name == name)
        ?? throw new NonsmoothException($"There is no data set '{name}'; choose one of {string.Join(", ", All.Select(row => row.Name))}.");

    /// <summary>Loads or makes the data set of a name.</summary>
    /// <exception cref="NonsmoothException">There is no such data set, its files are missing or damaged, or an option is out of range.</exception>
    public static Dataset Load(string name, DatasetOptions? options = null) => Find(name).Load(options ?? new DatasetOptions());
}
