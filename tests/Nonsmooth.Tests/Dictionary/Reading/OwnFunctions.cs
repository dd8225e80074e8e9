namespace Nonsmooth.Tests.Dictionary.Reading;

/// <summary>The larger of two, with a key of its own: as a user writes it.</summary>
internal readonly record struct OwnLarger : IBinary
{
    public static SelectionKey<TieRule> Ties { get; } = new("test-own-larger-ties", TieRule.Average)
    {
        Topic = "how equal arguments of larger share the gradient",
        Sides = "a half each, or all to the first",
        Others = [TieRule.First],
    };

    public string Name => "own_larger";

    public T Value<T>(T a, T b)
        where T : IScalar<T> => T.Max(a, b, Ties);
}

/// <summary>Two lines that meet at 1, written as a branch.</summary>
internal readonly record struct OwnHinge : IUnary
{
    public static SelectionKey<KinkRule> AtOne { get; } = new("test-own-hinge-at-one", KinkRule.Left) { Others = [KinkRule.Right] };

    public string Name => "own_hinge";

    public T Value<T>(T x)
        where T : IScalar<T> => T.Branch(x, 1, T.FromDouble(0), x - T.FromDouble(1), AtOne);
}

/// <summary>A branch whose sides do not meet.</summary>
internal readonly record struct OwnStep : IUnary
{
    public string Name => "own_step";

    public T Value<T>(T x)
        where T : IScalar<T> => T.Branch(x, 1, x, x, x + T.FromDouble(1));
}

/// <summary>A branch on a square: where it switches cannot be told exactly.</summary>
internal readonly record struct OwnCurved : IUnary
{
    public string Name => "own_curved";

    public T Value<T>(T x)
        where T : IScalar<T> => T.Branch(x * x, 4, x, x, T.FromDouble(2) * x);
}

/// <summary>max(x, 0) + |x − 2|.</summary>
internal readonly record struct OwnSum : IUnary
{
    public string Name => "own_sum";

    public T Value<T>(T x)
        where T : IScalar<T> => T.Max(x, T.FromDouble(0)) + T.Abs(x - T.FromDouble(2));
}

/// <summary>A smooth function that writes no slope.</summary>
internal readonly record struct OwnSmooth : IUnary
{
    public string Name => "own_smooth";

    public T Value<T>(T x)
        where T : IScalar<T> => (T.Tanh(x) * T.Exp(-(x * x))) + T.Sqrt(T.FromDouble(1) + (x * x))
            + (T.Sigmoid(x) / (T.FromDouble(2) + T.Sin(x))) + T.LogP1(x * x) + T.Erf(x) + T.Pow(T.FromDouble(3) + T.Cos(x), T.FromDouble(1.5));
}

/// <summary>A function that says nothing of itself: |x| by loops of its own.</summary>
internal sealed record OwnSilent : ElementaryFunction
{
    public override string Name => "own_silent";

    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) => [arguments[0]];

    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var x = (Tensor<T>)arguments[0];
        return [Tensor.Generate(x.Shape, i => T.Abs(x[i]))];
    }

    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        [tangents[0] is { } t ? Functions.Sign(at.Arguments[0]) * t : null];

    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        [cotangents[0] is { } c ? Functions.Sign(at.Arguments[0]) * c : null];

    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        OperationCount.Of(ScalarOperation.Compare, arguments[0].Shape.Count64);
}
