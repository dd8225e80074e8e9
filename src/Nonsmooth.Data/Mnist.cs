namespace Nonsmooth.Data;

/// <summary>MNIST: handwritten digits, 1×28×28, from IDX files, gzipped or not.</summary>
/// <remarks>LeCun, Cortes and Burges, <i>The MNIST database of handwritten digits</i> (1998).</remarks>
public static class Mnist
{
    private const int Side = 28;

    /// <summary>Reads the four files.</summary>
    /// <exception cref="NonsmoothException">A file is missing or damaged, or a count is out of range.</exception>
    public static Dataset Load(DatasetOptions options) => new(
        "mnist",
        [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")],
        Split(options, "train", options.TrainCount),
        Split(options, "t10k", options.TestCount));

    private static PixelSplit Split(DatasetOptions options, string prefix, int? wanted)
    {
        var imagePath = Find(options.Locations, $"{prefix}-images-idx3-ubyte");
        var labelPath = Find(options.Locations, $"{prefix}-labels-idx1-ubyte");
        var images = IdxFile.Read(imagePath, 3);
        var labels = IdxFile.Read(labelPath, 1);
        if (images.Dimensions[1] != Side || images.Dimensions[2] != Side)
        {
            throw new NonsmoothException($"'{imagePath}' holds images of {images.Dimensions[1]}x{images.Dimensions[2]} pixels, not 28x28; replace it by MNIST's own file.");
        }

        if (images.Dimensions[0] != labels.Dimensions[0])
        {
            throw new NonsmoothException(
                $"'{imagePath}' holds {images.Dimensions[0]} images but '{labelPath}' {labels.Dimensions[0]} labels; fetch both again from one source.");
        }

        var wrong = labels.Bytes.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)9);
        if (wrong >= 0)
        {
            throw new NonsmoothException($"Label {wrong} of '{labelPath}' is {labels.Bytes[wrong]}, not 0 to 9; fetch the file again.");
        }

        var count = SplitCount.Stored("mnist", prefix == "train" ? "train" : "test", wanted, labels.Dimensions[0]);
        var (pixels, classes) = (images.Bytes, labels.Bytes);
        if (count < classes.Length)
        {
            (pixels, classes) = (pixels[..(count * Side * Side)], classes[..count]);
        }

        return new PixelSplit(new ImageShape(1, Side, Side), 10, pixels, classes, options.Normalised(new Normalisation([0.1307f], [0.3081f])));
    }

    private static string Find(DataLocations locations, string name) =>
        locations.Find("mnist", name, name + ".gz", name.Replace("-idx", ".idx", StringComparison.Ordinal))
        ?? throw new NonsmoothException(
            $"MNIST's file {name}.gz was not found in {locations.Places("mnist")}; fetch it from https://storage.googleapis.com/cvdf-datasets/mnist/{name}.gz "
            + "and put it in the folder mnist of --data-dir, NONSMOOTH_DATA or ~/.cache/nonsmooth, or use --data strokes, which needs no file.");
}
