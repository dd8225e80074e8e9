namespace Nonsmooth.Data;

/// <summary>How many examples a split shall have.</summary>
internal static class SplitCount
{
    /// <summary>For a made data set, which has no end but what one array can hold.</summary>
    public static int Made(string dataset, string split, int? wanted, int usual, int size)
    {
        var count = wanted ?? usual;
        var most = Array.MaxLength / size;
        return count >= 1 && count <= most
            ? count
            : throw new NonsmoothException($"{dataset} can make 1 to {most} {split} examples, not {count}; choose a number between.");
    }

    /// <summary>For a data set from files, which has so many and no more.</summary>
    public static int Stored(string dataset, string split, int? wanted, int stored)
    {
        var count = wanted ?? stored;
        return count >= 1 && count <= stored
            ? count
            : throw new NonsmoothException($"{dataset} has {stored} {split} examples, not {count}; choose 1 to {stored}.");
    }
}
