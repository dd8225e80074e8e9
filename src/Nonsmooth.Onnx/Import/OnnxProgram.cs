using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>A model as a program.</summary>
public sealed class OnnxProgram
{
    internal OnnxProgram(OnnxModel model, Program program, IReadOnlyList<OnnxInput> inputs, IReadOnlyList<OnnxOutput> outputs, IReadOnlyList<OnnxWeight> weights, IReadOnlyList<OnnxNote> notes) =>
        (Model, Program, Inputs, Outputs, Weights, Notes) = (model, program, inputs, outputs, weights, notes);

    /// <summary>The model.</summary>
    public OnnxModel Model { get; }

    /// <summary>
    /// The program: first the model's inputs, with the role of data, then its weights, as parameters and buffers; both under the model's names.
    /// What a node of the model became is in a scope of the node's name, or of the first value it makes where it has none.
    /// </summary>
    public Program Program { get; }

    /// <summary>The inputs with the role of data, in the order of the program.</summary>
    public IReadOnlyList<OnnxInput> Inputs { get; }

    /// <summary>The outputs, in the order of the program.</summary>
    public IReadOnlyList<OnnxOutput> Outputs { get; }

    /// <summary>The weights, in the order of the program's inputs after <see cref="Inputs"/>.</summary>
    public IReadOnlyList<OnnxWeight> Weights { get; }

    /// <summary>What the file lost, and what the program has otherwise than the file.</summary>
    public IReadOnlyList<OnnxNote> Notes { get; }
}

/// <summary>An input of a model.</summary>
/// <param name="Name">Its name in the model and in the program.</param>
/// <param name="Stored">What the model says its elements are.</param>
/// <param name="Type">What they are in the program.</param>
public sealed record OnnxInput(string Name, OnnxDataType Stored, TensorType Type);

/// <summary>An output of a model.</summary>
/// <param name="Name">Its name in the model and in the program.</param>
/// <param name="Stored">What the model says its elements are, as far as it is known.</param>
/// <param name="Type">What they are in the program.</param>
public sealed record OnnxOutput(string Name, OnnxDataType Stored, TensorType Type);

/// <summary>An initializer that is an input of the program.</summary>
/// <param name="Name">The name of the program's input: the initializer's, but where one name had to stand for several inputs.</param>
/// <param name="Initializer">The stored tensor.</param>
/// <param name="Role">Parameter where training may change it, buffer where it is a state that has no gradient.</param>
/// <param name="Nodes">The names of the nodes that read it.</param>
public sealed record OnnxWeight(string Name, OnnxTensor Initializer, InputRole Role, IReadOnlyList<string> Nodes)
{
    private Tensor? _value;

    /// <summary>The numbers: <see cref="Tensor{T}"/> of float, or of double where they are stored so.</summary>
    public Tensor Value => _value ??= Initializer.DataType == OnnxDataType.Double ? Initializer.ToReals() : Initializer.ToFloats();

    /// <summary>The numbers as an input of an executor: <c>float[]</c>, or <c>double[]</c> where they are stored so.</summary>
    public Array Elements => Value is Tensor<double> doubles ? doubles.Elements : ((Tensor<float>)Value).Elements;
}

/// <summary>What a note is about.</summary>
public enum OnnxNoteKind
{
    /// <summary>A Clip, which may have been clamp, relu6 or hardtanh.</summary>
    Clip,

    /// <summary>Batch norm that the file has as inference, on statistics that are held fixed.</summary>
    FrozenBatchNorm,

    /// <summary>Dropout that is left out, or a training mode that the program does not have.</summary>
    Training,

    /// <summary>One initializer that several nodes read, or in several roles.</summary>
    SharedInitializer,

    /// <summary>Initializers that are taken for constants.</summary>
    ConstantInitializer,

    /// <summary>Elements of a stored type that the program has as reals or 64-bit integers.</summary>
    StoredType,

    /// <summary>Quantised values: a staircase, or the surrogate that was asked for.</summary>
    Quantisation,

    /// <summary>A choice on data, which jumps.</summary>
    Branch,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>Something that a user of the program should know.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Node">The node or the initializer; empty where it is about the whole.</param>
/// <param name="Text">A sentence.</param>
public sealed record OnnxNote(OnnxNoteKind Kind, string Node, string Text);
