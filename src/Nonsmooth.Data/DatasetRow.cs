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
}
