namespace Nonsmooth.Data;

/// <summary>The E2E challenge in GPT-2's byte pairs: descriptions of restaurants after what they shall say, one a line, <c>MEANING||TEXT</c>.</summary>
/// <remarks>
/// <c>train.txt</c> is learned from where it is there, otherwise <c>valid.txt</c>; <c>test.txt</c> is tested on. Lines follow
/// one another as in one text. Source: Dušek, Novikova and Rieser, "Evaluating the state-of-the-art of end-to-end natural
/// language generation", 2020.
/// </remarks>
public static class E2e
{
    internal const string Name = "e2e";

    /// <summary>Reads the data set.</summary>
    /// <exception cref="NonsmoothException">A file is missing or damaged, or a count or a length is out of range.</exception>
    public static Dataset Load(DatasetOptions options)
    {
        var (train, test) = (Half(options, "train", "train.txt", "valid.txt"), Half(options, "test", "test.txt"));
        return TextHalves.Of(Name, train, test, options);
    }

    private static TokenFile Half(DatasetOptions options, string half, params string[] names)
    {
        var locations = options.Locations;
        string text = locations.Find(Name, names) ?? throw new NonsmoothException(
            $"E2E's {string.Join(" or ", names)} was not found in {locations.Places(Name)}; fetch the challenge from https://github.com/tuetschek/e2e-dataset, "
            + "write its lines as MEANING||TEXT and put them in the folder e2e of --data-dir, NONSMOOTH_DATA or ~/.cache/nonsmooth.");
        string source = $"{PackedFile.Identity(text)} in the pairs of {PairText.Identity(locations)}";
        return KeptTokens.Of(
            Path.GetDirectoryName(text)!, $"{Name}-{half}", source, locations, () => PairText.Encode(source, PairText.Read(text, options.Limits), locations));
    }
}
