using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Products of matrices.</summary>
internal static class AlgebraRows
{
    public static IEnumerable<AtenOperator> Rows =>
    [
        Row.Two("matmul", (a, b) => F.MatMul(a, b)), new("mm", "self, mat2", call => F.MatMul(call.Real("self"), call.Real("mat2"))),
        new("bmm", "self, mat2", call => F.MatMul(call.Real("self"), call.Real("mat2"))), new("mv", "self, vec", call => F.MatMul(call.Real("self"), call.Real("vec"))),
        .. new AtenOperator("dot", "self, tensor", call => F.Dot(call.Real("self"), call.Real("tensor"))).Named("vdot"),
        new("outer", "self, vec2", call => F.Multiply(Column(call.Real("self")), call.Real("vec2"))),
        new("addmm", "self, mat1, mat2, *, beta=1, alpha=1", call => Added(call, F.MatMul(call.Real("mat1"), call.Real("mat2")))),
        new("baddbmm", "self, batch1, batch2, *, beta=1, alpha=1", call => Added(call, F.MatMul(call.Real("batch1"), call.Real("batch2")))),
        new("addmv", "self, mat, vec, *, beta=1, alpha=1", call => Added(call, F.MatMul(call.Real("mat"), call.Real("vec")))),
        new("addbmm", "self, batch1, batch2, *, beta=1, alpha=1", call => Added(call, F.MatMul(call.Real("batch1"), call.Real("batch2")).Sum(0))),
        new("addr", "self, vec1, vec2, *, beta=1, alpha=1", call => Added(call, F.Multiply(Column(call.Real("vec1")), call.Real("vec2")))),
        new("linear", "self, weight, bias=None", call => call.Real("weight").Shape.Rank == 2
            ? F.Linear(call.Real("self"), call.Real("weight"), call.RealOrNone("bias"))
            : F.MatMul(call.Real("self"), call.Real("weight")) is var y && call.RealOrNone("bias") is { } bias ? F.Add(y, bias) : F.MatMul(call.Real("self"), call.Real("weight"))),
    ];

    private static Variable Column(Variable x) => x.Reshape(x.Shape.Concat(new(1)));

    // With a factor of 0 the term is left out, its infinities too.
    private static Variable Added(AtenCall call, Variable product)
    {
        var (beta, alpha) = (call.Number("beta"), call.Number("alpha"));
        product = alpha == 1 ? product : F.Scale(product, alpha);
        return beta == 0 ? product : F.Add(beta == 1 ? call.Real("self") : F.Scale(call.Real("self"), beta), product);
    }
}
