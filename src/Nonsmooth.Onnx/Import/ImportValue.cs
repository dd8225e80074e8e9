using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>A value while a model is imported.</summary>
/// <param name="Stored">What the model says its elements are.</param>
internal abstract record ImportValue(OnnxDataType Stored)
{
    public abstract Shape Shape { get; }

    public abstract ElementKind Kind { get; }
}

/// <summary>A value that is known now: a constant, a shape, what follows from them.</summary>
internal sealed record Known(Tensor Value, OnnxDataType Stored) : ImportValue(Stored)
{
    public override Shape Shape => Value.Shape;

    public override ElementKind Kind => Value switch
    {
        Tensor<double> => ElementKind.Real,
        Tensor<long> => ElementKind.Index,
        _ => ElementKind.Boolean,
    };

    public static Known Of(params long[] values) => new(Tensor.Of(new Shape(values.Length), values), OnnxDataType.Int64);

    public static Known Scalar(long value) => new(Tensor.Of(Shape.Scalar, [value]), OnnxDataType.Int64);
}

/// <summary>A value of the program.</summary>
internal sealed record Traced(Variable Variable, OnnxDataType Stored) : ImportValue(Stored)
{
    public override Shape Shape => Variable.Shape;

    public override ElementKind Kind => Variable.Type.Kind;
}

/// <summary>An initializer of reals whose role its uses will say.</summary>
internal sealed record Initial(OnnxTensor Tensor) : ImportValue(Tensor.DataType)
{
    public override Shape Shape { get; } = Tensor.Shape;

    public override ElementKind Kind => ElementKind.Real;
}

/// <summary>Values in a list of known length.</summary>
internal sealed record Several(IReadOnlyList<ImportValue> Items, OnnxDataType Stored) : ImportValue(Stored)
{
    public override Shape Shape => throw new Refusal("it reads a sequence as a tensor");

    public override ElementKind Kind => throw new Refusal("it reads a sequence as a tensor");
}

/// <summary>A value that a program cannot have: texts, complex numbers, maps.</summary>
internal sealed record Foreign(OnnxDataType Stored) : ImportValue(Stored)
{
    public override Shape Shape => throw Refused;

    public override ElementKind Kind => throw Refused;

    private Refusal Refused => new($"it reads a value of {(Stored == OnnxDataType.None ? "a type that is no tensor" : Stored.ToString())}, which is not supported: real numbers, integers and truth values are");
}

/// <summary>An optional value that is absent.</summary>
internal sealed record Absent() : ImportValue(OnnxDataType.None)
{
    public override Shape Shape => throw new Refusal("it reads an optional value that is absent");

    public override ElementKind Kind => throw new Refusal("it reads an optional value that is absent");
}
