using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.Graphs;

/// <summary>An archive as a program.</summary>
public sealed class ArchiveProgram
{
    internal ArchiveProgram(Archive archive, Program program, IReadOnlyList<ArchiveInput> inputs, IReadOnlyList<ArchiveOutput> outputs, IReadOnlyList<ArchiveWeight> weights, IReadOnlyList<ArchiveNote> notes) =>
        (Archive, Program, Inputs, Outputs, Weights, Notes) = (archive, program, inputs, outputs, weights, notes);

    /// <summary>The archive.</summary>
    public Archive Archive { get; }

    /// <summary>
    /// The program: first the network's inputs, with the role of data, then its weights, as parameters and buffers under PyTorch's names. What a node of
    /// the archive became is in a scope of the node's name.
    /// </summary>
    public Program Program { get; }

    /// <summary>The inputs with the role of data, in the order of the program; last the number of the step, where the network draws.</summary>
    public IReadOnlyList<ArchiveInput> Inputs { get; }

    /// <summary>The outputs, in the order of the program: what the network returns, then the next states of buffers as <c>after.NAME</c>.</summary>
    public IReadOnlyList<ArchiveOutput> Outputs { get; }

    /// <summary>The weights, in the order of the program's inputs after <see cref="Inputs"/>. Tied ones are one.</summary>
    public IReadOnlyList<ArchiveWeight> Weights { get; }

    /// <summary>What the program has otherwise than the archive, and what a user should know.</summary>
    public IReadOnlyList<ArchiveNote> Notes { get; }

    /// <summary>What the version of PyTorch that wrote the archive takes at kinks.</summary>
    public Preset Convention => TorchVersions.Convention(Archive.TorchVersion);
}

/// <summary>An input of a network.</summary>
/// <param name="Name">Its name in the archive and in the program.</param>
/// <param name="Stored">What the archive says its elements are.</param>
/// <param name="Type">What they are in the program.</param>
public sealed record ArchiveInput(string Name, ArchiveType Stored, TensorType Type);

/// <summary>An output of a network.</summary>
/// <param name="Name">Its name in the program.</param>
/// <param name="Type">What its elements are in the program.</param>
/// <param name="Buffer">The buffer whose next state it is; null for what the network returns.</param>
public sealed record ArchiveOutput(string Name, TensorType Type, string? Buffer);

/// <summary>A weight of a network, which is an input of the program.</summary>
/// <param name="Name">PyTorch's name; of tied ones the first.</param>
/// <param name="Stored">The stored tensor.</param>
/// <param name="Role">Parameter where training changes it, buffer where it is a state or frozen.</param>
/// <param name="Tied">Further names of the same tensor.</param>
public sealed record ArchiveWeight(string Name, ArchiveTensor Stored, InputRole Role, IReadOnlyList<string> Tied)
{
    private Tensor? _value;

    /// <summary>The numbers: <see cref="Tensor{T}"/> of float, or of double where they are stored so.</summary>
    /// <exception cref="ArchiveException">They are not in the archive, or it is damaged.</exception>
    public Tensor Value => _value ??= Stored.Read();

    /// <summary>The numbers as an input of an executor: <c>float[]</c>, or <c>double[]</c> where they are stored so.</summary>
    /// <exception cref="ArchiveException">They are not in the archive, or it is damaged.</exception>
    public Array Elements => Value switch
    {
        Tensor<double> doubles => doubles.Elements,
        Tensor<float> floats => floats.Elements,
        Tensor<long> longs => longs.Elements,
        _ => ((Tensor<bool>)Value).Elements,
    };

    /// <summary>The name; the numbers are not read for it.</summary>
    public override string ToString() => Name;
}

/// <summary>What a note is about.</summary>
public enum ArchiveNoteKind
{
    /// <summary>Weights that are one.</summary>
    Tied,

    /// <summary>Values through which no gradient passes, though they vary.</summary>
    Detached,

    /// <summary>Rounding that gradients pass through.</summary>
    Quantisation,

    /// <summary>A choice on data, which jumps.</summary>
    Branch,

    /// <summary>Conditions that are not checked.</summary>
    Guard,

    /// <summary>Elements of a stored type that the program has otherwise.</summary>
    StoredType,

    /// <summary>A weight that is frozen.</summary>
    Frozen,

    /// <summary>Draws.</summary>
    Random,
}

/// <summary>Something that a user of the program should know.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Node">The node or the weight; empty where it is about the whole.</param>
/// <param name="Text">A sentence.</param>
public sealed record ArchiveNote(ArchiveNoteKind Kind, string Node, string Text);
