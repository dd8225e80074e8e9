using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.Graphs;

/// <summary>How an archive becomes a program.</summary>
public sealed record ArchiveImportOptions
{
    /// <summary>Shapes of inputs, by name; those not given have to be in the archive, with <see cref="Dimensions"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Shapes { get; init; } = new Dictionary<string, IReadOnlyList<int>>();

    /// <summary>Sizes of symbols, as <c>s0</c>.</summary>
    public IReadOnlyDictionary<string, int> Dimensions { get; init; } = new Dictionary<string, int>();

    /// <summary>Inputs that are constants of the program, by name: <see cref="Tensor{T}"/> of double, long or bool.</summary>
    public IReadOnlyDictionary<string, Tensor> Values { get; init; } = new Dictionary<string, Tensor>();

    /// <summary>
    /// Whether a network that was exported for training is evaluated: batch norms take their running statistics, and nothing is dropped; what is drawn
    /// otherwise still is. Default false: as it was exported.
    /// </summary>
    public bool IsEvaluation { get; init; }

    /// <summary>The most elements that a constant computed while importing may have; larger ones are computed by the program. Default 2¹⁶.</summary>
    public long MostFolded { get; init; } = 1L << 16;

    /// <summary>The most nodes, with those of loops unrolled. Default 200,000.</summary>
    public int MostNodes { get; init; } = 200_000;
}

/// <summary>Makes archives programs.</summary>
public static class ArchiveImport
{
    /// <summary>Whether an archive's network was exported for training: it moves statistics, or draws.</summary>
    public static bool IsForTraining(Archive archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        return Randomness.IsIn(archive.Graph) || archive.Outputs.Any(o => o.Mutated is not null) || States.MoveIn(archive.Graph);
    }

    /// <summary>The program of an archive.</summary>
    /// <remarks>
    /// Sizes, and what follows from constants, are computed now. A choice on data computes both branches; a loop is unrolled where its condition follows from
    /// constants and <see cref="ArchiveImportOptions.Values"/>. Weights are not read: only their shapes are used.
    /// </remarks>
    /// <param name="archive">The archive.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="ArchiveUnsupportedException">Operators have no program: all of them.</exception>
    /// <exception cref="ArchiveException">An input has no shape or one that does not fit, or the graph is damaged.</exception>
    public static ArchiveProgram Import(Archive archive, ArchiveImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(archive);
        try
        {
            return new GraphImporter(archive, options ?? new()).Run();
        }
        catch (ArchiveException e)
        {
            throw e.In($"'{archive.Path}'");
        }
    }
}
