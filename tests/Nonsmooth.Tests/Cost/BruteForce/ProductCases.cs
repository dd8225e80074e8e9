using static Nonsmooth.Tests.Cost.BruteForce.CountedCase;

namespace Nonsmooth.Tests.Cost.BruteForce;

/// <summary>Products, attention, embeddings; weights that are shared or frozen; inputs that nothing asks about.</summary>
internal static class ProductCases
{
    private static readonly TensorType _tokens = TensorType.Index(new Shape(2, 3));

    public static IEnumerable<CountedCase> All() => Products().Concat(Attentions()).Concat(Weights());

    private static IEnumerable<CountedCase> Products()
    {
        foreach (var (left, right) in new[] { (false, false), (false, true), (true, false), (true, true) })
        {
            yield return Of(
                $"batched matmul, transposed {left}, {right}",
                "a b",
                [("a", left ? new Shape(3, 4, 2) : new Shape(3, 2, 4)), ("b", right ? new Shape(3, 5, 4) : new Shape(3, 4, 5))],
                v => MatMul(v("a"), v("b"), left, right));
        }

        yield return Pair("stack times one matrix", new Shape(3, 2, 4), new Shape(4, 5), "a b");
        yield return Pair("stacks that broadcast", new Shape(2, 1, 3, 4), new Shape(1, 3, 4, 2), "a b");
        yield return Pair("vector times matrix", new Shape(4), new Shape(4, 5), "a b");
        yield return Pair("matrix times vector", new Shape(5, 4), new Shape(4), "a b");
        yield return Pair("dot product", new Shape(6), new Shape(6), "a b");
        yield return Pair("matmul, left alone active", new Shape(3, 4), new Shape(4, 5), "a");
        yield return Pair("matmul, right alone active", new Shape(3, 4), new Shape(4, 5), "b");
    }

    private static IEnumerable<CountedCase> Attentions()
    {
        (string, TensorType)[] heads = [("q", new Shape(2, 2, 4, 3)), ("k", new Shape(2, 2, 5, 3)), ("v", new Shape(2, 2, 5, 2))];
        foreach (bool causal in new[] { false, true })
        {
            string kind = causal ? "causal" : "full";
            foreach (string wanted in new[] { "q k v", "q", "k v", "v" })
            {
                yield return Of($"{kind} attention, {wanted} active", wanted, heads, v => Attention(v("q"), v("k"), v("v"), causal));
            }

            yield return Of(
                $"{kind} self-attention with one projection",
                "x w",
                [("x", new Shape(2, 4, 6)), ("w", new Shape(18, 6))],
                v =>
                {
                    var all = Linear(v("x"), v("w")).Reshape(new Shape(2, 4, 3, 2, 3)).Transpose(2, 0, 3, 1, 4);
                    Variable Part(int i) => all.Slice(0, i, i + 1).Reshape(new Shape(2, 2, 4, 3));
                    return Attention(Part(0), Part(1), Part(2), causal).Transpose(0, 2, 1, 3).Reshape(new Shape(2, 4, 6));
                });
        }
    }

    private static IEnumerable<CountedCase> Weights()
    {
        (string, TensorType)[] square = [("x", new Shape(3, 4)), ("w", new Shape(4, 4)), ("u", new Shape(4, 4)), ("b", new Shape(4))];
        yield return Of("a weight shared by two layers", "w b", square[..2].Append(square[3]).ToArray(), v => Linear(Tanh(Linear(v("x"), v("w"), v("b"))), v("w"), v("b")));
        yield return Of("a kernel shared by two layers", "w", [("x", new Shape(1, 2, 5, 5)), ("w", new Shape(2, 2, 3, 3))], v => Conv2d(Relu(Conv2d(v("x"), v("w"), null, 1, 1)), v("w"), null, 1, 1));
        yield return Of("one application used twice", "x w", square[..2], v => Linear(v("x"), v("w")) * Linear(v("x"), v("w")));
        foreach (string wanted in new[] { "w", "u", "w u b", "b", "x" })
        {
            yield return Of($"two layers, {wanted} trained, the rest frozen", wanted, square, v => Linear(Relu(Linear(v("x"), v("w"))), v("u"), v("b")));
        }

        yield return Of("a branch that nothing asks about", "w", square, v => (Exp(v("x")) * Sigmoid(v("b"))) + Linear(v("x"), v("w")));
        yield return Of("a wanted input that no output needs", "w b", square, v => Linear(v("x"), v("w")));
        yield return Of("an application that no output needs", "w", square, v => { _ = MatMul(v("w"), v("u")); return Linear(v("x"), v("w")); });
        yield return Of("embedding", "e", [("x", _tokens), ("e", new Shape(Classes, 4))], v => Embedding(v("e"), v("x")));
        yield return Of("embedding tied with the head", "e", [("x", _tokens), ("e", new Shape(Classes, 4))], v => Linear(Tanh(Embedding(v("e"), v("x"))), v("e")));
        yield return Of("embedding frozen", "w", [("x", _tokens), ("e", new Shape(Classes, 4)), ("w", new Shape(4, 4))], v => Linear(Embedding(v("e"), v("x")), v("w")));
    }

    private static CountedCase Pair(string name, Shape a, Shape b, string wanted) =>
        Of(name, wanted, [("a", a), ("b", b)], v => MatMul(v("a"), v("b")));
}
