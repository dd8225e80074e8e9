namespace Nonsmooth.Training.ModelFiles;

/// <summary>Files that hold a graph without its weights: they are counted and asked for their kinks, not run.</summary>
internal static class AbsentWeights
{
    /// <summary>What to say where numbers are asked for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="absent">The weights that it has no numbers for, at least one.</param>
    /// <param name="mend">What to do, after "cost and kinks take it; ".</param>
    public static NonsmoothException Refusal(string path, IReadOnlyList<string> absent, string mend) => new(
        $"'{path}' is a graph without the numbers of {absent.Count} weights ({string.Join(", ", absent.Take(3).Select(n => $"'{n}'"))}{(absent.Count > 3 ? ", …" : "")}): cost and kinks take it; to run it, {mend}");
}
