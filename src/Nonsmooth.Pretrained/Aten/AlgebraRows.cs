using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
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
        new("linear", "self, weight, bias=None", call => Linear(call.Real("self"), call.Real("weight"), call.RealOrNone("bias"))),
        new("einsum", "equation, tensors..., *, path=None", Einsum),
        new("inner", "self, other", call => Inner(call.Real("self"), call.Real("other"))),
        new("tensordot", "self, other, dims=2", TensorDot),
        new("bilinear", "input1, input2, weight, bias=None", call => F.Einsum("...i,oij,...j->...o", call.Real("input1"), call.Real("weight"), call.Real("input2")) is var y && call.RealOrNone("bias") is { } b ? F.Add(y, b) : y),
        .. new AtenOperator("linalg.det", "self", call => call.Real("self").Shape is { Rank: >= 2 } s && s[^1] <= 8 ? F.Determinant(call.Real("self")) : throw call.Lacks("matrices up to 8×8")).Named("linalg_det", "det"),
        .. new AtenOperator("linalg.multi_dot", "tensors", call => call.Reals("tensors").Aggregate((a, b) => F.MatMul(a, b))).Named("linalg_multi_dot"),
        new("rnn_tanh_cell", "input, hx, w_ih, w_hh, b_ih=None, b_hh=None", call => F.Tanh(Gates(call, "input", "w_ih", "b_ih") + Gates(call, "hx", "w_hh", "b_hh"))),
        new("rnn_relu_cell", "input, hx, w_ih, w_hh, b_ih=None, b_hh=None", call => F.Relu(Gates(call, "input", "w_ih", "b_ih") + Gates(call, "hx", "w_hh", "b_hh"))),
        new("gru_cell", "input, hx, w_ih, w_hh, b_ih=None, b_hh=None", GruCell),
        new("lstm_cell", "input, hx, w_ih, w_hh, b_ih=None, b_hh=None", LstmCell),
        new("scaled_dot_product_attention", "query, key, value, attn_mask=None, dropout_p=0, is_causal=False, *, scale=None, enable_gqa=False", call => call.Number("dropout_p") == 0
            ? F.ScaledDotProductAttention(
                call.Real("query"), call.Real("key"), call.Real("value"), call.Has("attn_mask") ? call.Tensor("attn_mask") : null, call.Flag("is_causal"), call.NumberOrNone("scale"), call.Flag("enable_gqa"))
            : throw call.Lacks("no dropout")),
    ];

    // One weight for a vector of features is a row.
    private static Variable Linear(Variable x, Variable weight, Variable? bias)
    {
        if (weight.Shape.Rank == 2 && x.Shape.Rank > 0)
        {
            return x.Shape.Rank > 1 ? F.Linear(x, weight, bias) : F.Linear(x.Reshape(new Shape(1, x.Shape[0])), weight, bias).Reshape(weight.Shape[..1]);
        }

        var y = F.MatMul(x, weight);
        return bias is null ? y : F.Add(y, bias);
    }

    private static Variable Einsum(AtenCall call)
    {
        var operands = call["tensors"] is IReadOnlyList<object?> and [IReadOnlyList<object?> inner] ? inner.OfType<Variable>().ToArray() : call.Tensors("tensors");
        return F.Einsum(call.Text("equation"), operands);
    }

    private static Variable Inner(Variable a, Variable b) => a.Shape.Rank == 0 || b.Shape.Rank == 0
        ? F.Multiply(a, b)
        : TensorDot(a, b, [a.Shape.Rank - 1], [b.Shape.Rank - 1]);

    private static Variable TensorDot(AtenCall call)
    {
        var (a, b) = (call.Real("self"), call.Real("other"));
        if (call["dims"] is long)
        {
            int n = call.Integer("dims");
            return TensorDot(a, b, [.. Enumerable.Range(a.Shape.Rank - n, n)], [.. Enumerable.Range(0, n)]);
        }

        return call["dims"] is IReadOnlyList<object?> and [IReadOnlyList<object?> left, IReadOnlyList<object?> right]
            ? TensorDot(a, b, [.. left.Select(l => a.Shape.Axis((int)(long)l!))], [.. right.Select(r => b.Shape.Axis((int)(long)r!))])
            : throw call.Lacks("axes of both");
    }

    private static Variable TensorDot(Variable a, Variable b, int[] left, int[] right)
    {
        // An axis of 1 goes with any other, which is then summed.
        for (int i = 0; i < left.Length; i++)
        {
            int size = a.Shape[left[i]];
            a = size != 1 && b.Shape[right[i]] == 1 ? a.Sum(true, left[i]) : a;
            b = size == 1 && b.Shape[right[i]] != 1 ? b.Sum(true, right[i]) : b;
        }

        int[] outer = [.. Enumerable.Range(0, a.Shape.Rank).Except(left)];
        int[] inner = [.. Enumerable.Range(0, b.Shape.Rank).Except(right)];
        var (m, n) = (new Shape([.. outer.Select(i => a.Shape[i])]), new Shape([.. inner.Select(i => b.Shape[i])]));
        int k = left.Aggregate(1, (product, i) => product * a.Shape[i]);
        var x = StructureRows.Order(a, [.. outer, .. left]).Reshape(new Shape(m.Elements, k));
        var y = StructureRows.Order(b, [.. right, .. inner]).Reshape(new Shape(k, n.Elements));
        return F.MatMul(x, y).Reshape(m.Concat(n));
    }

    private static Variable Gates(AtenCall call, string x, string weight, string bias) => Linear(call.Real(x), call.Real(weight), call.RealOrNone(bias));

    private static Variable GruCell(AtenCall call)
    {
        var (x, h) = (Gates(call, "input", "w_ih", "b_ih"), Gates(call, "hx", "w_hh", "b_hh"));
        int size = x.Shape[^1] / 3;
        var reset = F.Sigmoid(Part(x, 0) + Part(h, 0));
        var update = F.Sigmoid(Part(x, 1) + Part(h, 1));
        var fresh = F.Tanh(Part(x, 2) + (reset * Part(h, 2)));
        return fresh + (update * (call.Real("hx") - fresh));

        Variable Part(Variable gates, int i) => gates.Slice(-1, i * size, (i + 1) * size);
    }

    private static IReadOnlyList<Variable?> LstmCell(AtenCall call)
    {
        var states = call.Reals("hx");
        var gates = Gates(call, "input", "w_ih", "b_ih") + Linear(states[0], call.Real("w_hh"), call.RealOrNone("b_hh"));
        int size = gates.Shape[^1] / 4;
        var cell = (F.Sigmoid(Part(1)) * states[1]) + (F.Sigmoid(Part(0)) * F.Tanh(Part(2)));
        return [F.Sigmoid(Part(3)) * F.Tanh(cell), cell];

        Variable Part(int i) => gates.Slice(-1, i * size, (i + 1) * size);
    }

    private static Variable Column(Variable x) => x.Reshape(x.Shape.Concat(new(1)));

    // With a factor of 0 a term is left out, its infinities too.
    private static Variable Added(AtenCall call, Variable product)
    {
        var (beta, alpha) = (call.Number("beta"), call.Number("alpha"));
        if (alpha == 0)
        {
            return Broadcasting.To(beta == 1 ? call.Real("self") : F.Scale(call.Real("self"), beta), product.Shape);
        }

        product = alpha == 1 ? product : F.Scale(product, alpha);
        return beta == 0 ? product : F.Add(beta == 1 ? call.Real("self") : F.Scale(call.Real("self"), beta), product);
    }
}
