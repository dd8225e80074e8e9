namespace Nonsmooth.Pretrained.Graphs;

/// <summary>Operators of an archive that have no program: all of them, in one line.</summary>
public sealed class ArchiveUnsupportedException : NonsmoothException
{
    internal ArchiveUnsupportedException(string archive, IReadOnlyList<ArchiveUnsupported> operators)
        : base($"'{archive}': {operators.Sum(o => o.Nodes)} nodes cannot be imported: {string.Join("; ", operators.Select(o => $"{o.Operator} ×{o.Nodes} ({o.Example}): {o.Reason}"))}") =>
        Operators = operators;

    private ArchiveUnsupportedException(ArchiveUnsupportedException inner, string place)
        : base($"{place}: {inner.Message}", inner) => Operators = inner.Operators;

    /// <summary>The operators, those of most nodes first.</summary>
    public IReadOnlyList<ArchiveUnsupported> Operators { get; }

    /// <inheritdoc/>
    public override NonsmoothException In(string place) => new ArchiveUnsupportedException(this, place);
}

/// <summary>Nodes of one operator that cannot be imported, for one reason.</summary>
/// <param name="Operator">The operator, as <c>aten.nonzero.default</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Nodes">How many.</param>
/// <param name="Example">The name of one.</param>
public sealed record ArchiveUnsupported(string Operator, string Reason, int Nodes, string Example);
