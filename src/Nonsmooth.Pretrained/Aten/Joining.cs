using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Tensors of any kind one after the other: the dictionary joins reals.</summary>
internal static class Joining
{
    /// <summary>Tensors along an axis; of several kinds they become reals.</summary>
    public static Variable Along(int axis, params Variable[] parts)
    {
        axis = parts[0].Shape.Axis(axis);
        if (parts.Length == 1)
        {
            return parts[0];
        }

        var kind = parts[0].Type.Kind;
        if (kind == ElementKind.Real || Array.Exists(parts, p => p.Type.Kind != kind))
        {
            return F.Concatenate(axis, [.. parts.Select(p => F.Cast(p, ElementKind.Real))]);
        }

        return kind == ElementKind.Index ? Indices(axis, parts) : F.Cast(Indices(axis, [.. parts.Select(p => F.Cast(p, ElementKind.Index))]), kind);
    }

    /// <summary>Tensors of one shape along a new axis.</summary>
    public static Variable Stack(int axis, params Variable[] parts) => Along(axis, [.. parts.Select(p => StructureRows.Unsqueeze(p, axis))]);

    // Each part is spread over the whole, and taken where it belongs.
    private static Variable Indices(int axis, Variable[] parts)
    {
        int whole = parts.Sum(p => p.Shape[axis]);
        Variable? joined = null;
        int start = 0;
        foreach (var part in parts.Where(p => p.Shape[axis] > 0))
        {
            int from = start, size = part.Shape[axis];
            var spread = part.Take(axis, [.. Enumerable.Range(0, whole).Select(i => Math.Clamp(i - from, 0, size - 1))]);
            int inner = spread.Shape[(axis + 1)..].Elements;
            joined = joined is null ? spread : F.Where(part.Builder.Constant(Tensor.Generate(spread.Shape, i => i / inner % whole >= from)), spread, joined);
            start += size;
        }

        return joined ?? parts[0];
    }
}
