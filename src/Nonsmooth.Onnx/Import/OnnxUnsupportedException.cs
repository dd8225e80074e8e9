namespace Nonsmooth.Onnx.Import;

/// <summary>Operators of a model that have no program: all of them, in one line.</summary>
public sealed class OnnxUnsupportedException : NonsmoothException
{
    private const int MostNamed = 3;

    internal OnnxUnsupportedException(string model, IReadOnlyList<OnnxUnsupported> operators)
        : base($"{model}: {operators.Sum(o => o.Nodes.Count)} nodes cannot be imported: {string.Join("; ", operators.Select(Text))}; cut the graph before them with outputs of your choice, or export the model otherwise") =>
        Operators = operators;

    private OnnxUnsupportedException(OnnxUnsupportedException inner, string place)
        : base($"{place}: {inner.Message}", inner) => Operators = inner.Operators;

    /// <summary>The operators, those of most nodes first.</summary>
    public IReadOnlyList<OnnxUnsupported> Operators { get; }

    /// <inheritdoc/>
    public override NonsmoothException In(string place) => new OnnxUnsupportedException(this, place);

    private static string Text(OnnxUnsupported o) =>
        $"{o.Operator} ×{o.Nodes.Count} ({string.Join(", ", o.Nodes.Take(MostNamed))}{(o.Nodes.Count > MostNamed ? ", …" : "")}): {o.Reason}";
}

/// <summary>Nodes of one operator that cannot be imported, for one reason.</summary>
/// <param name="Operator">Domain, operator and version, as in <c>NonMaxSuppression-11</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Nodes">Their names.</param>
public sealed record OnnxUnsupported(string Operator, string Reason, IReadOnlyList<string> Nodes);
