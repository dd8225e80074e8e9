namespace Nonsmooth.Data;

/// <summary>The data sets by name. To add one to the library: write its file and a row here; from outside, <see cref="Register"/>.</summary>
public static class Datasets
{
    private const int _tokens = 256;
    private static readonly FieldList _digits = FieldList.Images(new ImageShape(1, 28, 28), 10);

    private static readonly Registry<DatasetRow> _rows = new(
        "data set",
        row => row.Name,
        new("strokes", "Handwritten-like digits drawn by a seeded generator, 1x28x28, 10 classes", false, Strokes.Load) { Fields = _digits },
        new("blobs", "Gaussian clouds in any number of dimensions and classes, seeded", false, Blobs.Load),
        new("mnist", "Handwritten digits, 1x28x28, 60,000 to train and 10,000 to test, from IDX files", true, Mnist.Load) { Fields = _digits },
        new("mnist-pixels", "The same digits with pixels from 0 to 1, from the files of mnist", true, Mnist.LoadPixels) { Fields = _digits },
        new(Cifar10.Name, "Photographs of ten kinds of things, 3x32x32, 50,000 to train and 10,000 to test, from binary or image files", true, Cifar10.Load) { Fields = FieldList.Images(new ImageShape(3, 32, 32), 10) },
        new(Shakespeare.ByCharacter, "Shakespeare by characters: 1,115,394 of 65 kinds, nine tenths to train, from a text file", true, Shakespeare.Characters) { Fields = FieldList.Text(_tokens, 65) },
        new(Shakespeare.ByPair, "Shakespeare in GPT-2's byte pairs: 338,025 of 50,257 kinds, nine tenths to train, from a text file", true, Shakespeare.Pairs) { Fields = FieldList.Text(_tokens, 50_257) },
        ImageFolder.Published("food101", "Photographs of 101 dishes, 75,750 to train and 25,250 to test, from a folder of images", "https://data.vision.ee.ethz.ch/cvl/datasets_extra/food-101/"),
        ImageFolder.Published("imagenet", "Photographs of 1000 kinds of things, 1,281,167 to train and 50,000 to test, from a folder of images", "https://image-net.org"),
        new(E2e.Name, "Descriptions of restaurants from what they shall say, in GPT-2's byte pairs, from text files", true, E2e.Load),
        Given(ImageFolder.Prefix, "FOLDER", "Your own images of any size, train/CLASS/NAME.jpg and val/CLASS/NAME.jpg, scaled to --image-size", ImageFolder.Load),
        new("FILE.npz", "Your own arrays or table (.npz, .npy, .safetensors, .csv, .parquet), the one to predict named by --target", true, options => GivenArrays.Load("FILE.npz", options)),
        Given(GivenText.PairPrefix, "FILE", "Your own text in GPT-2's byte pairs or by the tokenizer of the network's folder, or its tokens in 16 bits each (.bin), nine tenths to train", GivenText.Pairs),
        Given(GivenText.CharacterPrefix, "FILE", "Your own text by characters, nine tenths to train", GivenText.Characters));

    /// <summary>Every data set, in the order to show them.</summary>
    public static IReadOnlyList<DatasetRow> All => _rows.All;

    private static IReadOnlyList<(string Prefix, Func<string, DatasetOptions, Dataset> Load)> OfPaths { get; } =
        [(ImageFolder.Prefix, ImageFolder.Load), (GivenText.PairPrefix, GivenText.Pairs), (GivenText.CharacterPrefix, GivenText.Characters)];

    /// <summary>The row of a name.</summary>
    /// <exception cref="NonsmoothException">There is no such data set.</exception>
    public static DatasetRow Find(string name) =>
        _rows.TryFind(name)
        ?? OfPaths.Where(kind => name.Length > kind.Prefix.Length && name.StartsWith(kind.Prefix, StringComparison.Ordinal))
            .Select(kind => Given(kind.Prefix, name[kind.Prefix.Length..], "Your own data", kind.Load)).FirstOrDefault()
        ?? (GivenArrays.Matches(name) ? new DatasetRow(name, "Your own data", true, options => GivenArrays.Load(name, options)) : null)
        ?? throw _rows.Unknown(name);

    /// <summary>The row of a registered name; null where there is none.</summary>
    public static DatasetRow? TryFind(string name) => _rows.TryFind(name);

    /// <summary>Adds a data set.</summary>
    /// <exception cref="NonsmoothException">The name is empty or taken.</exception>
    public static void Register(DatasetRow row) => _rows.Register(row);

    private static DatasetRow Given(string prefix, string path, string description, Func<string, DatasetOptions, Dataset> load) =>
        new(prefix + path, description, true, options => load(path, options)) { AnySize = prefix == ImageFolder.Prefix };

    /// <summary>Loads or makes the data set of a name.</summary>
    /// <exception cref="NonsmoothException">There is no such data set, its files are missing or damaged, or an option is out of range.</exception>
    public static Dataset Load(string name, DatasetOptions? options = null) => Find(name).Load(options ?? new DatasetOptions());
}
