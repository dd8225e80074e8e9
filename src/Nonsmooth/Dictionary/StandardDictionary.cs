using Nonsmooth.Arithmetic;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.ExampleArgument;

namespace Nonsmooth.Dictionary;

/// <summary>The functions that come with the library: one row each, those of derived programs included.</summary>
public static partial class StandardDictionary
{
    private static readonly Shape _plane = new(2, 3);
    private static readonly Shape _images = new(2, 4, 5, 6);
    private static readonly IntVector _one = [1, 1];
    private static readonly IntVector _two = [2, 2];
    private static readonly IntVector _none = [0, 0];
    private static readonly MaxPool2d _pool = new(_two, _two, _none, _one);

    /// <summary>The dictionary.</summary>
    public static FunctionDictionary Dictionary { get; } = new([.. Elementwise(), .. Structure(), .. Reductions(), .. Algebra(), .. Composites(), .. Moves(), .. Imported()]);

    /// <summary>The rows of the dictionary.</summary>
    public static IReadOnlyList<DictionaryRow> Rows => Dictionary.Rows;

    /// <summary>The keys that a selection of the library has: those of <see cref="SelectionKeys"/>, then those declared beside functions of the dictionary alone.</summary>
    public static IReadOnlyList<SelectionKey> Keys { get; } = [.. SelectionKeys.All.Union(Dictionary.Rows.SelectMany(r => r.Function.Keys))];

    private static IEnumerable<DictionaryRow> Elementwise() =>
    [
        Of(new Add()), Of(new Subtract()), Of(new Multiply()), Of(new Divide(), 0.5, 2), Of(new Pow(), 0.5, 2),
        Of(new Maximum()), Of(new Minimum()),
        One(new AddConstant(1.5)), One(new MultiplyConstant(-0.75)), One(new Negate()), One(new Square()),
        One(new Abs()), One(new Sign()), One(new Clamp(-1, 1)), One(new Clamp(double.NegativeInfinity, 0.5)),
        One(new Clamp(0, double.PositiveInfinity)), One(new Relu()), One(new LeakyRelu(0.1)), One(new Relu6(), -8, 8),
        One(new Hardtanh()), One(new Hardsigmoid(), -4, 4), One(new Hardswish(), -4, 4), One(new Elu(1)), One(new Elu(2)),
        One(new Selu()), One(new Gelu(false)), One(new Gelu(true)), One(new Silu()), One(new Softplus()), One(new Sigmoid()),
        One(new Tanh()), One(new Exp()), One(new ExpM1()), One(new Log(), 0.2, 3), One(new LogP1(), -0.7, 3),
        One(new Sqrt(), 0.2, 3), One(new Rsqrt(), 0.2, 3), One(new Reciprocal(), 0.3, 3), One(new PowConstant(3)),
        One(new PowConstant(0.5), 0.2, 3), One(new Sin()), One(new Cos()), One(new Erf(), -4, 4), One(new Erfc(), -4, 4), One(new Floor()), One(new Round()),
        new(new Gate(Pieces.One(0, 0, 0.5, 1)), [Reals(_plane), Reals(_plane)]),
        new(new Gate(Pieces.One(0, 0, 0, 1)), [Reals(_plane), Reals(_plane)]),
        new(new Gate(new Pieces(-1, 1, 0, 1, 1, 1, 0)), [Reals(_plane), Reals(_plane)]),
        new(new Greater(0.5), [Reals(_plane), Reals(_plane)]),
        new(new Branch(0.25), [Reals(_plane), Reals(_plane), Reals(_plane), Reals(_plane)]),
        Gradient(new Gelu(false)), Gradient(new Gelu(true)), Gradient(new Silu()), Gradient(new Sigmoid()), Gradient(new Tanh()),
        new(new SafeDivide(0), [Reals(_plane), Reals(_plane, 0.5, 2)]),
        new(new Compare(Comparison.Less), [Reals(_plane), Reals(_plane)]),
        new(new Compare(Comparison.Equal), [Reals(_plane), Reals(_plane)]),
        new(new Compare(Comparison.GreaterEqual), [Reals(_plane), Reals(_plane)]),
        new(new Logical(LogicalOperation.And), [Mask(_plane), Mask(_plane)]),
        new(new Logical(LogicalOperation.Or), [Mask(_plane), Mask(_plane)]),
        new(new LogicalNot(), [Mask(_plane)]),
        new(new Select(), [Mask(_plane), Reals(_plane), Reals(_plane)]),
    ];

    private static IEnumerable<DictionaryRow> Structure() =>
    [
        new(new Fill(_plane, 1.5), []),
        new(new Constant(new ConstantTensor(Tensor.Of(_plane, [1.5, -0.1, 0, 1, 2, 1.0 / 3]))), []),
        new(new Constant(new ConstantTensor(Tensor.Of(_plane, [0L, 2, 1, 1, 0, 4]))), []),
        new(new Constant(new ConstantTensor(Tensor.Of(_plane, [true, false, false, true, true, false]))), []),
        new(new Cast(ElementKind.Index, ElementKind.Real), [Indices(_plane, 5)]),
        new(new Cast(ElementKind.Boolean, ElementKind.Real), [Mask(_plane)]),
        new(new Cast(ElementKind.Boolean, ElementKind.Index), [Mask(_plane)]),
        new(new Cast(ElementKind.Index, ElementKind.Boolean), [Indices(_plane, 3)]),
        new(new Cast(ElementKind.Real, ElementKind.Index), [Reals(_plane)]),
        new(new Cast(ElementKind.Real, ElementKind.Boolean), [Reals(_plane)]),
        new(new IndexArithmetic(IndexOperation.Add), [Indices(_plane, 5), Indices(_plane, 5)]),
        new(new IndexArithmetic(IndexOperation.Subtract), [Indices(_plane, 5), Indices(_plane, 5)]),
        new(new IndexArithmetic(IndexOperation.Multiply), [Indices(_plane, 5), Indices(_plane, 5)]),
        new(new IndexArithmetic(IndexOperation.FloorDivide), [new(TensorType.Index(_plane), -7, 7), new(TensorType.Index(_plane), 1, 4)]),
        new(new IndexArithmetic(IndexOperation.Remainder), [new(TensorType.Index(_plane), -7, 7), new(TensorType.Index(_plane), 1, 4)]),
        new(new IndexCompare(Comparison.Less), [Indices(_plane, 3), Indices(_plane, 3)]),
        new(new IndexCompare(Comparison.Equal), [Indices(_plane, 3), Indices(_plane, 3)]),
        new(new Broadcast(new Shape(4, 2, 3)), [Reals(new Shape(2, 1))]),
        new(new Reshape(new Shape(6)), [Reals(_plane)]),
        new(new Transpose([1, 0]), [Reals(_plane)]),
        new(new Slice([0, 1], [2, 2], [1, 1]), [Reals(_plane)]),
        new(new Slice([0, 0], [2, 2], [1, 2]), [Reals(_plane)]),
        new(new Unslice(new Shape(4, 5), [1, 0], [1, 2]), [Reals(_plane)]),
        new(new Pad([1, 0], [0, 2], 0.5), [Reals(_plane)]),
        new(new Concatenate(1), [Reals(_plane), Reals(new Shape(2, 2))]),
        new(new Gather(1), [Reals(_plane), Indices(new Shape(2, 4), 3)]),
        new(new ScatterAdd(1, 5), [Reals(_plane), Indices(_plane, 5)]),
        new(new Embedding(), [Reals(new Shape(5, 3)), Indices(new Shape(2, 2), 5)]),
        new(new EmbeddingScatter(5), [Reals(new Shape(2, 2, 3)), Indices(new Shape(2, 2), 5)]),
        new(new CausalMask(3, 4), []),
        new(new RandomMask(_plane, 0.5, 7), [Indices(Shape.Scalar, 1000)]),
    ];

    private static IEnumerable<DictionaryRow> Reductions() =>
    [
        new(new Sum([1], false), [Reals(_plane)]),
        new(new Sum([0, 1], true), [Reals(_plane)]),
        new(new Mean([0], false), [Reals(_plane)]),
        new(new ReduceExtremum([1], false, true), [Reals(_plane)]),
        new(new ReduceExtremum([0, 1], true, false), [Reals(_plane)]),
        new(new TieWeights([1], TieRule.Average), [Reals(_plane), Reals(new Shape(2, 1))]),
        new(new ArgMax(1), [Reals(_plane)]),
        new(new Norm(1, [1], false), [Reals(_plane)]),
        new(new Norm(2, [1], true), [Reals(_plane)]),
        new(new Norm(double.PositiveInfinity, [0, 1], false), [Reals(_plane)]),
        new(new LogSumExp([1], false), [Reals(_plane)]),
        new(new Softmax(1), [Reals(_plane)]),
        new(new LogSoftmax(0), [Reals(_plane)]),
        new(new SoftmaxGradient(1), [Reals(_plane, 0, 1), Reals(_plane)]),
        new(new LogSoftmaxGradient(0), [Reals(_plane), Reals(_plane)]),
        new(new CumulativeSum(1, false), [Reals(_plane)]),
        new(new CumulativeSum(0, true), [Reals(_plane)]),
        new(new CumulativeMaximum(1), [Reals(new Shape(2, 5))]),
        new(new CumulativeMaximumTangent(1, TieRule.Last), [Reals(_plane), Reals(_plane)]),
        new(new CumulativeMaximumCotangent(1, TieRule.Last), [Reals(_plane), Reals(_plane)]),
        new(new Sort(1, false), [Reals(new Shape(2, 5))]),
        new(new Sort(0, true), [Reals(new Shape(4, 3))]),
        new(new TopK(2, 1, true), [Reals(new Shape(2, 5))]),
        new(new Median(1), [Reals(new Shape(2, 4))]),
    ];

    private static IEnumerable<DictionaryRow> Algebra() =>
    [
        new(new Dot(), [Reals(new Shape(5)), Reals(new Shape(5))]),
        new(new MatMul(), [Reals(new Shape(2, 3)), Reals(new Shape(3, 4))]),
        new(new MatMul(true, false), [Reals(new Shape(2, 3, 2)), Reals(new Shape(2, 3, 4))]),
        new(new MatMul(false, true), [Reals(new Shape(2, 2, 3)), Reals(new Shape(2, 4, 3))]),
        new(new MatMul(true, true), [Reals(new Shape(3, 2)), Reals(new Shape(4, 3))]),
        new(new Linear(), [Reals(new Shape(2, 3)), Reals(new Shape(4, 3))]),
        new(new Linear(), [Reals(new Shape(2, 3)), Reals(new Shape(4, 3)), Reals(new Shape(4))]),
        new(new Conv2d(_one, _one, _one, 1), [Reals(_images), Reals(new Shape(3, 4, 3, 3)), Reals(new Shape(3))]),
        new(new Conv2d(_two, _one, _two, 2), [Reals(_images), Reals(new Shape(6, 2, 2, 2))]),
        new(new ConvTranspose2d(_two, _one, _one, _one, 2), [Reals(_images), Reals(new Shape(4, 3, 3, 3)), Reals(new Shape(6))]),
        new(new Conv2dWeight([3, 3], _one, _one, _one, 1), [Reals(_images), Reals(new Shape(2, 3, 5, 6))]),
        new(_pool, [Reals(_images)]),
        new(new MaxPool2d([3, 3], _two, _one, _one), [Reals(_images)]),
        new(new MaxPoolScatter(_pool, TieRule.First), [Reals(_images), ResultOf(_pool, 1, Reals(_images)), Reals(new Shape(2, 4, 2, 3))]),
        new(new MaxPoolPick(_pool, TieRule.First), [Reals(_images), ResultOf(_pool, 1, Reals(_images)), Reals(_images)]),
        new(new AvgPool2d([3, 2], _two, [1, 0]), [Reals(_images)]),
        new(new AvgPool2d([3, 2], _two, [1, 0], false), [Reals(_images)]),
        new(new AdaptiveAvgPool2d(2, 4), [Reals(_images)]),
        new(new AvgPoolSpread(new AvgPool2d(_two, _two, _none), [5, 6]), [Reals(new Shape(2, 4, 2, 3))]),
        new(new NormPool2d(_two, _two), [Reals(_images)]),
    ];

    private static IEnumerable<DictionaryRow> Composites() =>
    [
        new(new CrossEntropy(), [Reals(new Shape(4, 3)), Indices(new Shape(4), 3)]),
        new(new CrossEntropy(0.1), [Reals(new Shape(4, 3)), Indices(new Shape(4), 3)]),
        new(new MeanSquaredError(), [Reals(_plane), Reals(_plane)]),
        new(new L1Loss(), [Reals(_plane), Reals(_plane)]),
        new(new Huber(0.7), [Reals(_plane), Reals(_plane)]),
        new(new Hinge(), [Reals(_plane), Reals(_plane)]),
        new(new BatchNorm(), [Reals(_images), Reals(new Shape(4)), Reals(new Shape(4))]),
        new(new BatchNormGradient(), [Reals(_images), Reals(new Shape(4)), Reals(new Shape(4)), Reals(new Shape(4), 0.5, 2), Reals(_images)]),
        new(new BatchNormInference(), [Reals(_images), Reals(new Shape(4)), Reals(new Shape(4)), Reals(new Shape(4)), Reals(new Shape(4), 0.5, 2)]),
        new(new LayerNorm(), [Reals(new Shape(2, 3, 4)), Reals(new Shape(4)), Reals(new Shape(4))]),
        new(new LayerNormGradient(), [Reals(new Shape(2, 3, 4)), Reals(new Shape(4)), Reals(new Shape(2, 3, 1)), Reals(new Shape(2, 3, 1), 0.5, 2), Reals(new Shape(2, 3, 4))]),
        new(new Attention(false), [Reals(new Shape(2, 3, 4)), Reals(new Shape(2, 5, 4)), Reals(new Shape(2, 5, 3))]),
        new(new Attention(true), [Reals(new Shape(2, 4, 3)), Reals(new Shape(2, 4, 3)), Reals(new Shape(2, 4, 2))]),
        new(new Dropout(0.5, 3), [Reals(_plane), Indices(Shape.Scalar, 1000)]),
    ];

    private static DictionaryRow One<TRule>(TRule rule, double low = -2, double high = 2)
        where TRule : struct, IUnary, IEquatable<TRule> => new(new Unary<TRule>(rule), [Reals(_plane, low, high)]);

    private static DictionaryRow Gradient<TRule>(TRule rule, double low = -2, double high = 2)
        where TRule : struct, IGradientRule, IEquatable<TRule> => new(new UnaryGradient<TRule>(rule), [Reals(_plane, low, high), Reals(_plane)]);

    private static DictionaryRow Of<TRule>(TRule rule, double low = -2, double high = 2)
        where TRule : struct, IBinary, IEquatable<TRule> =>
        new(new Binary<TRule>(rule), [Reals(_plane, low, high), Reals(_plane, low, high)]);
}
