namespace Nonsmooth.Training.Networks;

/// <summary>How files of published weights differ from a network's own parameters, whose names they use.</summary>
/// <param name="Prefix">What such files may put before every name; empty for nothing.</param>
/// <param name="Transposed">The ends of the names whose matrices such files keep as [inputs, outputs].</param>
/// <remarks>
/// A file keeps them so where one of them that is not square has its sizes the other way round; those that are square are
/// then taken as its others are.
/// </remarks>
public sealed record PublishedWeights(string Prefix, IReadOnlyList<string> Transposed)
{
    /// <summary>Whether such files may keep a parameter the other way round.</summary>
    internal bool MayTranspose(string parameter) => Transposed.Any(end => parameter.EndsWith(end, StringComparison.Ordinal));
}
