using Nonsmooth.Onnx.Files;

namespace Nonsmooth.Onnx.Import;

/// <summary>Matrices that a file has twice: weights that were tied in training, which the file no longer knows.</summary>
internal static class TiedWeights
{
    private const int Fewest = 16;

    /// <summary>Pairs of matrices of the same numbers, and whether one is the other transposed.</summary>
    public static IEnumerable<(OnnxTensor First, OnnxTensor Second, bool IsTransposed)> Of(IEnumerable<OnnxTensor> weights)
    {
        var matrices = weights.Where(w => w.IsPresent && w.Dims.Count == 2 && w.Shape.Count64 >= Fewest)
            .GroupBy(w => (w.DataType, w.Shape.Count64, OnnxDecoding.Fingerprint(w))).Where(g => g.Count() > 1);
        foreach (var alike in matrices.Select(g => g.ToArray()))
        {
            for (int i = 1; i < alike.Length; i++)
            {
                var (a, b) = (alike[0].ToFloats(), alike[i].ToFloats());
                if (a.Shape.Equals(b.Shape) && a.Elements.AsSpan().SequenceEqual(b.Elements))
                {
                    yield return (alike[0], alike[i], false);
                }
                else if (a.Shape[0] == b.Shape[1] && a.Shape[1] == b.Shape[0] && Enumerable.Range(0, a.Elements.Length).All(k => a[k].Equals(b[(k % a.Shape[1] * a.Shape[0]) + (k / a.Shape[1])])))
                {
                    yield return (alike[0], alike[i], true);
                }
            }
        }
    }
}
