using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>Operations on indices and masks, written over those that the dictionary has.</summary>
internal static class Integers
{
    public static Variable Number(ProgramBuilder builder, long number) => builder.Constant(Tensor.Of(Shape.Scalar, [number]));

    public static Variable Truth(ProgramBuilder builder, Shape shape, bool value) => builder.Constant(Tensor.Generate(shape, _ => value));

    public static Variable Negate(Variable a) => Functions.Combine(IndexOperation.Subtract, Number(a.Builder, 0), a);

    public static Variable Abs(Variable a) => Maximum(a, Negate(a));

    public static Variable Maximum(Variable a, Variable b) => Functions.Where(Functions.Greater(a, b), a, b);

    public static Variable Minimum(Variable a, Variable b) => Functions.Where(Functions.Greater(a, b), b, a);

    public static Variable Sign(Variable a) => Functions.Combine(
        IndexOperation.Subtract,
        Functions.Cast(Functions.Greater(a, Number(a.Builder, 0)), ElementKind.Index),
        Functions.Cast(Functions.Less(a, Number(a.Builder, 0)), ElementKind.Index));

    /// <summary>The quotient, rounded towards 0 as C has it.</summary>
    public static Variable Divide(Variable a, Variable b)
    {
        var size = Functions.Combine(IndexOperation.FloorDivide, Abs(a), Abs(b));
        return Functions.Combine(IndexOperation.Multiply, size, Functions.Combine(IndexOperation.Multiply, Sign(a), Sign(b)));
    }

    /// <summary>What is left of a division: of the sign of the divisor, or of the dividend as C has it.</summary>
    public static Variable Remainder(Variable a, Variable b, bool likeC) => likeC
        ? Functions.Combine(IndexOperation.Subtract, a, Functions.Combine(IndexOperation.Multiply, Divide(a, b), b))
        : Functions.Combine(IndexOperation.Remainder, a, b);

    public static Variable Xor(Variable a, Variable b) => Functions.And(Functions.Or(a, b), Functions.Not(Functions.And(a, b)));

    /// <summary>Equality of two values of one kind, masks included.</summary>
    public static Variable Equal(Variable a, Variable b) => a.Type.Kind == ElementKind.Boolean ? Functions.Not(Xor(a, b)) : Functions.Equal(a, b);

    /// <summary>An integer brought back into the range of a stored type, as its arithmetic wraps around.</summary>
    public static Variable Wrap(Variable a, OnnxDataType type)
    {
        if (type.Bits() is 0 or 64 || !type.IsInteger())
        {
            return a;
        }

        var (least, _) = type.Range();
        var offset = Number(a.Builder, least);
        return Functions.Combine(IndexOperation.Add, Functions.Combine(IndexOperation.Remainder, Functions.Combine(IndexOperation.Subtract, a, offset), Number(a.Builder, 1L << type.Bits())), offset);
    }

    /// <summary>Values of any kind one after the other along an axis.</summary>
    public static Variable Join(int axis, IReadOnlyList<Variable> parts)
    {
        axis = parts[0].Shape.Axis(axis);
        if (parts.Count == 1 || parts[0].Type.Kind == ElementKind.Real)
        {
            return parts.Count == 1 ? parts[0] : Functions.Concatenate(axis, [.. parts]);
        }

        int whole = parts.Sum(p => p.Shape[axis]);
        Variable? joined = null;
        int start = 0;
        foreach (var part in parts)
        {
            int size = part.Shape[axis];
            if (size > 0)
            {
                int from = start;
                var spread = part.Take(axis, [.. Enumerable.Range(0, whole).Select(i => Math.Clamp(i - from, 0, size - 1))]);
                int inner = spread.Shape[(axis + 1)..].Elements;
                joined = joined is null ? spread : Functions.Where(part.Builder.Constant(Tensor.Generate(spread.Shape, i => i / inner % whole >= from)), spread, joined);
            }

            start += size;
        }

        return joined ?? parts[0];
    }
}
